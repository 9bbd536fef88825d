// SPDX-License-Identifier: Apache-2.0
// Every word that the page says, in Korean: polite and friendly. What is missing here does not compile.
import type { Texts } from './english';

export const korean: Texts = {
  live: '실시간',
  notLive: '실시간 아님',
  waits: {
    connecting: { title: '연결하고 있어요', hint: '곧 화면이 나와요.' },
    waking: { title: '카메라를 깨우고 있어요', hint: '보는 사람이 없을 때는 카메라가 쉬어요.' },
    stalled: { title: '화면이 잠시 멈췄어요', hint: '이어지기를 기다리고 있어요.' },
    reconnecting: { title: '다시 연결하고 있어요', hint: '화면이 곧 저절로 돌아와요.' },
    away: {
      title: '카메라가 응답하지 않아요',
      hint: '카메라가 잘 꽂혀 있는지 확인해 주세요. 화면은 저절로 돌아와요.',
    },
    blocked: { title: '눌러서 시작해 주세요', hint: '이 브라우저는 화면을 한 번 눌러야 영상을 재생해요.' },
  },
  problems: {
    'no-webrtc': {
      title: '이 브라우저에서는 실시간 영상을 볼 수 없어요',
      hint: '최신 버전의 Chrome, Edge, Firefox, Safari에서 열어 주세요.',
    },
    'no-h264': {
      title: '이 브라우저는 이 카메라의 영상을 재생하지 못해요',
      hint: 'Chrome, Edge, Safari에서 열어 주세요. Firefox를 방금 설치했다면 1분쯤 뒤에 다시 시도해 주세요.',
    },
    offline: {
      title: '네트워크에 연결되어 있지 않아요',
      hint: '와이파이나 모바일 데이터를 확인해 주세요. 화면은 저절로 돌아와요.',
    },
    unreachable: {
      title: '기기에 연결할 수 없어요',
      hint: '기기가 꺼져 있거나, 켜지는 중이거나, 다른 네트워크에 있을 수 있어요. 계속 시도할게요.',
    },
    'no-path': {
      title: '영상이 여기까지 오지 못하고 있어요',
      hint: '기기는 응답하지만 방화벽이나 VPN이 영상을 막고 있는 것 같아요. VPN을 끄거나 다른 네트워크에서 열어 주세요.',
    },
    insecure: {
      title: '안전하게 연결할 수 없었어요',
      hint: '중간에서 연결이 바뀐 것 같아서 화면을 보여 드리지 않았어요. 다른 네트워크에서 열어 주세요.',
    },
    interrupted: {
      title: '연결이 자꾸 끊겨요',
      hint: '와이파이에 더 가까이 가거나 다른 네트워크에서 열어 주세요. 계속 시도할게요.',
    },
    'no-picture': {
      title: '연결됐지만 화면이 오지 않아요',
      hint: '계속 시도할게요. 오래 걸리면 기기를 껐다가 다시 켜 주세요.',
    },
    restarting: { title: '기기가 다시 시작하고 있어요', hint: '잠시 뒤에 화면이 저절로 돌아와요.' },
    trouble: {
      title: '기기에 문제가 생겼어요',
      hint: '계속 시도할게요. 오래 걸리면 기기를 껐다가 다시 켜 주세요.',
    },
    busy: {
      title: '지금 보는 사람이 너무 많아요',
      hint: '누군가 나가면 화면이 저절로 나와요. 필요 없는 화면은 닫아 주세요.',
    },
    'too-often': {
      title: '잠시 쉬었다가 연결할게요',
      hint: '짧은 시간에 너무 많이 시도했어요. 몇 초 뒤에 저절로 이어져요.',
    },
    mismatch: {
      title: '이 페이지와 기기가 서로 맞지 않아요',
      hint: '기기가 업데이트되었을 수 있어요. 새로고침해 보고, 그래도 안 되면 기기를 업데이트해 주세요.',
    },
    'unknown-camera': {
      title: '그런 카메라는 여기에 없어요',
      hint: '연결이 빠졌거나 이름이 바뀌었을 수 있어요. 목록에서 골라 주세요.',
    },
    'camera-removed': {
      title: '이 카메라는 삭제되었어요',
      hint: '다시 추가하면 화면이 저절로 돌아와요.',
    },
    unauthorized: {
      title: '이 링크로는 카메라를 볼 수 없어요',
      hint: '링크가 온전하지 않거나 다른 기기의 링크예요. 카메라 주인에게 새 링크를 받아 주세요.',
    },
    forbidden: {
      title: '이 카메라를 볼 수 있는 권한이 없어요',
      hint: '카메라 주인에게 공유해 달라고 해 주세요.',
    },
    expired: {
      title: '링크의 사용 기간이 끝났어요',
      hint: '카메라 주인에게 새 링크를 받아 주세요.',
    },
    revoked: {
      title: '이제 이 카메라를 볼 수 없어요',
      hint: '카메라 주인이 공유를 끝냈어요. 실수인 것 같다면 새 링크를 부탁해 보세요.',
    },
    'not-yet': {
      title: '아직 쓸 수 없는 링크예요',
      hint: '정해진 시간이 되어야 카메라가 열려요. 그때 다시 시도해 주세요.',
    },
    'clock-unset': {
      title: '기기가 아직 시간을 몰라요',
      hint: '그래서 링크의 사용 기간을 확인할 수 없어요. 기기가 시간을 맞추면 저절로 이어져요.',
    },
    ended: {
      title: '카메라 주인이 시청을 끝냈어요',
      hint: '링크는 그대로 쓸 수 있어요. 다시 보려면 아래 버튼을 눌러 주세요.',
    },
  },
  signIn: {
    newcomer: {
      title: '초대받은 사람만 볼 수 있어요',
      hint: '받은 링크를 열거나, 휴대폰 카메라로 QR 코드를 찍어 주세요.',
    },
    left: {
      title: '로그아웃했어요',
      hint: '다시 보려면 받은 링크를 열어 주세요.',
    },
    pairing: '내 기기인가요?',
    pairingHint: '기기를 시작한 화면에 등록 코드가 나와 있어요. 입력하면 이 브라우저가 주인으로 등록돼요.',
    code: '등록 코드',
    pair: '주인으로 등록하기',
    pairingNow: '코드를 확인하고 있어요',
    faults: {
      'not-whole': '코드는 글자와 숫자를 합쳐 여덟 자리예요.',
      'wrong-code': '코드가 달라요. 기기에 나온 코드와 비교해 주세요.',
      'no-pairing': '이제 기기에 코드가 나오지 않아요. 기기를 다시 시작하면 새 코드가 나와요.',
      'too-often': '너무 여러 번 틀렸어요. 1분쯤 뒤에 다시 시도해 주세요.',
      unreachable: '기기가 응답하지 않았어요. 네트워크를 확인하고 다시 시도해 주세요.',
      other: '기기가 코드를 받지 못했어요. 다시 시도해 주세요.',
    },
  },
  deviceSays: '기기가 알려 준 내용',
  pictureAge: (age) => `${age} 전 화면이에요`,
  retryIn: (seconds) => `${seconds}초 뒤에 다시 시도해요`,
  retrying: '다시 시도하고 있어요',
  tryNow: '지금 시도하기',
  tryAgain: '다시 시도하기',
  reload: '새로고침',
  start: '시작하기',
  age: (value, unit) => `${value}${{ second: '초', minute: '분', hour: '시간', day: '일' }[unit]}`,
  video: (camera) => `${camera} 실시간 화면`,
  controls: '조작',
  mute: '소리 끄기',
  unmute: '소리 켜기',
  noSound: '이 카메라는 소리를 보내지 않아요',
  fullScreen: '전체 화면',
  leaveFullScreen: '전체 화면 끝내기',
  showStatistics: '연결 정보',
  close: '닫기',
  cameras: '카메라',
  chooseCamera: '카메라 고르기',
  noCameras: { title: '아직 카메라가 없어요', hint: '카메라를 꽂으면 여기에 저절로 나타나요.' },
  cameraStates: { idle: '쉬는 중', starting: '켜지는 중', live: '켜짐', away: '응답 없음' },
  statistics: {
    title: '연결 정보',
    picture: '화면 크기',
    frameRate: '프레임',
    bitrate: '데이터 속도',
    lost: '잃어버린 패킷',
    buffer: '브라우저 대기 시간',
    roundTrip: '왕복 시간',
    route: '경로',
    codec: '영상 형식',
    firstFrame: '첫 화면까지',
    perSecond: (value) => `초당 ${value}`,
    routes: { host: '직접 연결', srflx: '공유기를 거침', prflx: '공유기를 거침', relay: '중계 서버를 거침' },
  },
};
