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
  awayCauses: {
    missing: {
      title: '카메라가 보이지 않아요',
      hint: '카메라가 잘 꽂혀 있는지 확인해 주세요. 화면은 저절로 돌아와요.',
    },
    busy: {
      title: '다른 프로그램이 카메라를 쓰고 있어요',
      hint: '기기에서 그 프로그램을 닫아 주세요. 화면은 저절로 돌아와요.',
    },
    settings: {
      title: '지금 설정으로는 카메라를 보여 줄 수 없어요',
      hint: '무엇이 맞지 않는지는 기기가 알려 준 내용에 있어요. 설정을 고치고 Fanlight를 다시 시작해 주세요.',
    },
    silent: {
      title: '카메라에서 화면이 오지 않아요',
      hint: '케이블을 확인하거나 카메라를 뽑았다가 다시 꽂아 주세요. 기기가 계속 다시 시도하고 있어요.',
    },
  },
  slowed: {
    heat: '기기가 뜨거워서 초당 화면 수를 줄였어요',
    power: '기기에 전력이 모자라서 초당 화면 수를 줄였어요',
  },
  frozen: {
    title: '카메라가 같은 화면만 보내고 있어요',
    hint: '지금 보이는 화면은 예전 것일 수 있어요. 기기가 카메라를 계속 다시 켜 보고 있어요. 그래도 그대로면 카메라를 뽑았다가 다시 '
      + '꽂아 주세요.',
  },
  microphoneAway: {
    title: '마이크 소리를 들을 수 없어요',
    hint: '기기가 몇 초마다 다시 켜 보고 있어요. 마이크가 꽂혀 있는지, 다른 프로그램이 쓰고 있지 않은지 확인해 주세요.',
  },
  deviceTroubles: {
    disk: {
      title: '기기의 디스크에 쓸 수 없어요',
      hint: '가득 찼거나 읽기 전용이라서 새로 공유할 수도, 공유를 끝낼 수도 없어요. 공간을 비우거나 메모리 카드를 바꿔 주세요.',
    },
    memory: {
      title: '기기의 메모리가 모자라요',
      hint: '보던 사람은 계속 볼 수 있지만, 메모리가 넉넉해질 때까지 다른 사람은 볼 수 없어요. 계속 이러면 기기의 다른 프로그램을 '
        + '끝내거나 카메라의 화면 크기를 줄여 주세요.',
    },
    stuck: {
      title: '기기의 일부가 멈췄어요',
      hint: '카메라나 정지 화면이 멈추거나 새로 보려는 사람이 기다려야 할 수 있어요. 서비스로 실행 중이고 다시 시작해서 풀릴 문제라면 1분 '
        + '안에 기기가 스스로 다시 시작해요. 계속 이러면 기기를 껐다가 다시 켜 주세요.',
    },
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
    'udp-blocked': {
      title: '이 네트워크는 실시간 영상을 통과시키지 않아요',
      hint: 'UDP를 막고 있는 것 같아요. 모바일 데이터 같은 다른 네트워크에서 열어 보세요. 카메라 주인이 TCP를 쓰는 중계 서버를 설정해도 돼요.',
    },
    'turn-refused': {
      title: '중계 서버가 연결을 거절했어요',
      hint: '기기로 가는 길에 있는 중계 서버가 아무도 들여보내지 않아요. 다른 네트워크에서 열어 보세요. 카메라 주인은 “까닭 알아보기”에서 까닭을 알 수 있어요.',
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
      title: '지금은 더 볼 수 있는 자리가 없어요',
      hint: '자리가 나면 화면이 저절로 나와요. 필요 없는 화면은 닫아 주세요.',
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
  account: {
    title: '내 이용 권한',
    forever: '기한 없음',
    until: (date) => `${date}까지`,
    signOut: '로그아웃',
    signOutFailed: '기기가 응답하지 않아 아직 로그인되어 있어요. 다시 시도해 주세요.',
    microphone: '브라우저는 HTTPS로 연 페이지에서만 마이크를 쓸 수 있게 해요. 말하려면 https로 시작하는 기기 주소로 열어 '
      + '주세요.',
  },
  sharing: {
    title: '공유',
    open: '공유하기, 지금 보는 사람',
    name: '누구와 공유할까요?',
    nameExample: '할머니, 부엌 태블릿',
    rights: '무엇을 할 수 있게 할까요?',
    right: {
      view: '보기',
      talk: '카메라로 말하기',
      open: '문 열기',
      control: '카메라 움직이고 설정하기',
      record: '녹화 영상 보기',
      admin: '모든 권한 (공유 포함)',
      metrics: '기기 측정값 읽기',
    },
    adminWarning: '모든 카메라에서 나와 똑같은 일을 할 수 있어요. 다른 사람을 들이거나 내 이용을 끝낼 수도 있어요.',
    cameras: '어느 카메라를 공유할까요?',
    reach: { this: '이 카메라', chosen: '직접 선택', all: '모두' },
    duration: '얼마 동안 공유할까요?',
    durations: { hour: '1시간', day: '1일', week: '7일', month: '30일', forever: '기한 없음' },
    make: '링크 만들기',
    making: '링크를 만들고 있어요',
    another: '다른 사람과 공유하기',
    made: (name) => `${name}에게 줄 링크`,
    onlyNow: '링크는 지금만 볼 수 있어요. 링크가 있으면 누구나 볼 수 있으니 다른 사람에게는 보내지 마세요.',
    link: '링크',
    qr: '링크가 담긴 QR 코드',
    copy: '복사',
    copied: '복사했어요',
    send: '보내기',
    loopback: '이 페이지는 이 컴퓨터에서만 통하는 주소로 열려 있어서 링크도 그래요. 다른 사람과 공유하려면 네트워크에서 '
      + '쓰는 기기 주소로 페이지를 먼저 열어 주세요.',
    shared: '볼 수 있는 사람',
    watching: '지금 보는 사람',
    nobodyShared: '아직 아무에게도 공유하지 않았어요.',
    nobodyWatches: '지금은 아무도 없어요.',
    loading: '기기에 물어보고 있어요',
    own: '나',
    allCameras: '모든 카메라',
    since: (age) => `${age}째`,
    from: (address) => `${address}에서`,
    endAccess: '공유 끝내기',
    endAccessOf: (name) => `${name}의 공유 끝내기`,
    endWatching: '끝내기',
    endWatchingOf: (name) => `${name}의 시청 끝내기`,
    confirm: (name) => `${name}의 공유를 끝낼까요? 화면이 바로 꺼져요.`,
    confirmOwn: '지금 내가 쓰는 권한이에요. 끝내면 여기서 로그아웃돼요.',
    keep: '그대로 두기',
    ended: (name) => `${name}의 공유를 끝냈어요.`,
    endedWatching: (name) => `${name}의 시청을 끝냈어요.`,
    faults: {
      'no-name': '나중에 알아볼 수 있게 누구의 것인지 적어 주세요.',
      'long-name': '이름이 너무 길어요. 더 짧게 적어 주세요.',
      'no-camera': '카메라를 하나 이상 골라 주세요.',
      'clock-unset': '기기가 아직 시간을 몰라서 지금은 기한 없이만 공유할 수 있어요. 나중에 다시 시도해도 돼요.',
      busy: '이미 너무 많이 공유했어요. 이제 필요 없는 사람의 공유를 끝내 주세요.',
      forbidden: '이제 이 일을 할 권한이 없어요.',
      'too-often': '너무 여러 번 시도했어요. 1분쯤 뒤에 다시 시도해 주세요.',
      unreachable: '기기가 응답하지 않았어요. 잠시 뒤에 다시 시도해 주세요.',
      other: '기기가 처리하지 못했어요. 다시 시도해 주세요.',
    },
  },
  elsewhere: {
    what: '어디에 쓸까요?',
    kinds: { link: '사람에게', key: '다른 곳에서 쓰기' },
    about: '플레이어나 녹화기, 내 웹 페이지에서 볼 때 써요. 여기서 만드는 것은 키예요. 주소 안에 들어가고, 고른 카메라만 '
      + '보여 주며, 다른 것은 열지 않아요.',
    form: {
      name: '어디에서 쓸까요?',
      nameExample: '녹화기, OBS, 내 웹 페이지',
      make: '키 만들기',
      making: '키를 만들고 있어요',
      faults: { 'no-name': '나중에 알아볼 수 있게 어디에서 쓰는지 적어 주세요.' },
    },
    key: '키',
    made: (name) => `${name}에 쓸 키`,
    onlyNow: '키는 지금만 볼 수 있어요. 아래 줄 가운데 하나만 있어도 누구나 볼 수 있어요. 한 키는 한 곳에만 쓰고, 다른 '
      + '곳에는 새로 만들어 주세요.',
    loopback: '이 페이지는 이 컴퓨터에서만 통하는 주소로 열려 있어서 아래 줄도 그래요. 다른 기기에서 쓰려면 네트워크에서 '
      + '쓰는 기기 주소로 페이지를 먼저 열어 주세요.',
    another: '하나 더 만들기',
    camera: '카메라',
    copy: (what) => `복사: ${what}`,
    copied: (what) => `복사했어요: ${what}`,
    copyByHand: '이 브라우저에서는 페이지가 복사할 수 없어요. 줄을 선택해 두었으니 키보드로, 또는 길게 눌러 복사해 주세요.',
    confirm: (name) => `${name}의 키를 끝낼까요? 이 키를 쓰는 곳마다 화면이 바로 꺼져요.`,
    uses: {
      whep: { title: 'WHEP', hint: 'WHEP 주소를 묻는 플레이어에 넣어요.' },
      snapshot: { title: '정지 화면', hint: '열 때마다 가장 새로운 화면을 JPEG로 줘요.' },
      obs: {
        title: 'OBS',
        hint: '브라우저 소스의 주소로 넣어요. OBS에는 WHEP 소스가 없어요. 웹 페이지를 보여 주는 다른 프로그램에도 쓸 수 있어요.',
      },
      gstreamer: {
        title: 'GStreamer',
        hint: '터미널에서 쓰는 명령이에요. gst-plugins-rs의 whepsrc 요소가 있어야 해요.',
      },
      element: {
        title: '웹 페이지',
        hint: '내 페이지의 HTML에 넣어요. 기기는 설정의 http.origins에 적힌 사이트의 페이지에만 응답해요.',
      },
      frame: {
        title: '웹 페이지 (프레임)',
        hint: '프레임만 넣을 수 있는 페이지에 써요. 그 사이트도 http.origins에 있어야 해요.',
      },
    },
  },
  embedded: {
    key: {
      title: '이 키로는 카메라를 볼 수 없어요',
      hint: '키가 끝났거나 기한이 지났거나 일부가 빠졌어요. 카메라 주인이 새로 만들 수 있어요.',
    },
    otherCamera: {
      title: '다른 카메라의 키예요',
      hint: '카메라 주인이 이 카메라의 키를 만들 수 있어요.',
    },
    unreachable: {
      title: '이 페이지에서 기기에 연결할 수 없어요',
      hint: '기기가 꺼졌거나 다른 네트워크에 있거나, 기기의 http.origins에 이 사이트가 없을 수 있어요. 계속 시도하고 있어요.',
    },
    withheld: {
      title: '브라우저가 카메라를 막았어요',
      hint: '이 페이지는 HTTPS로 열렸는데 카메라 주소는 http로 시작해요. https로 시작하는 주소가 필요해요.',
    },
    incomplete: {
      title: '보여 줄 카메라가 없어요',
      hint: '카메라나 키가 빠져 있어요. 기기 페이지의 공유, 다른 곳에서 쓰기에서 다시 복사해 주세요.',
    },
  },
  ring: {
    title: (name) => `${name}에서 누가 벨을 눌렀어요`,
    answered: (name) => (name === '' ? '다른 사람이 응답했어요' : `${name} 님이 응답했어요`),
    answer: '응답하기',
  },
  door: {
    shut: (name) => `${name} 열기`,
    sure: (name) => `정말 ${name}을(를) 열까요?`,
    opening: (name) => `${name} 여는 중 …`,
    opened: (name) => `${name} 열렸어요`,
    failed: (name) => `${name}을(를) 열지 못했어요. 기기가 응답하지 않거나 여는 장치를 찾지 못했어요`,
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
  talk: {
    name: '말하기',
    how: '누르고 있는 동안 말할 수 있어요. 짧게 누르면 다시 누를 때까지 이어져요.',
    opening: { title: '마이크를 켜고 있어요', hint: '브라우저가 물어보면 허용해 주세요.' },
    asking: { title: '잠시만 기다려 주세요', hint: '카메라에 차례를 물어보고 있어요.' },
    waiting: (name) => `${name}의 말이 끝나기를 기다리고 있어요`,
    place: (position) => (position === 1 ? '바로 다음 차례예요.' : `${position}번째로 기다리고 있어요.`),
    heard: { title: '말소리가 전해지고 있어요', hint: '손을 떼거나 다시 누르면 끝나요.' },
    heardOtherwise: { title: '다른 마이크로 말소리가 전해지고 있어요', hint: '쓰던 마이크가 뽑혔어요.' },
    muted: { title: '마이크가 음소거되어 있어요', hint: '버튼 옆 설정에서 음소거를 풀면 말소리가 전해져요.' },
    silent: {
      title: '마이크에서 아무 소리도 나지 않아요',
      hint: '마이크가 켜져 있는지, 마이크나 시스템 설정에서 음소거되어 있지 않은지 확인해 주세요.',
    },
    ends: {
      ready: { title: '마이크가 준비됐어요', hint: '버튼을 누르고 말해 주세요.' },
      limit: { title: '말하는 시간이 끝났어요', hint: '한 번에 말할 수 있는 시간이 정해져 있어요. 더 말하려면 다시 눌러 주세요.' },
      silent: {
        title: '말소리가 기기에 닿지 않았어요',
        hint: '연결이 약하거나 마이크에서 소리가 나지 않아요. 다시 눌러서 시도해 주세요.',
      },
      preempted: { title: '지금은 카메라 주인이 말하고 있어요', hint: '다시 누르면 주인 다음에 말할 수 있어요.' },
      speaker: {
        title: '스피커를 쓸 수 없어요',
        hint: '기기가 몇 초마다 다시 켜 보고 있어요. 스피커가 꽂혀 있는지, 다른 프로그램이 쓰고 있지 않은지 확인해 주세요.',
      },
      forbidden: { title: '이제 여기에서 말할 권한이 없어요', hint: '카메라 주인에게 말할 수 있게 해 달라고 해 주세요.' },
      'no-way': {
        title: '지금 연결로는 카메라에 소리를 보낼 수 없어요',
        hint: '새로고침하고 다시 눌러 주세요. 그래도 안 되면 기기에 이 카메라의 스피커가 없는 것이에요.',
      },
      trouble: { title: '기기가 말소리를 받지 못했어요', hint: '잠시 뒤에 다시 눌러 주세요.' },
      blocked: {
        title: '이 페이지에서 마이크가 차단되어 있어요',
        hint: '주소 옆의 표시나 브라우저의 사이트 설정에서 마이크를 허용하고, 시스템 설정에서도 브라우저에 마이크를 허용해 '
          + '주세요. 그런 다음 다시 눌러 주세요.',
      },
      missing: { title: '마이크가 없어요', hint: '마이크를 꽂거나 헤드셋을 연결하고 다시 눌러 주세요.' },
      busy: { title: '다른 프로그램이 마이크를 쓰고 있어요', hint: '통화처럼 마이크를 쓰는 것을 끝내고 다시 눌러 주세요.' },
      other: {
        title: '마이크를 켜지 못했어요',
        hint: '다시 눌러 주세요. 그래도 안 되면 새로고침하거나 다른 브라우저에서 열어 주세요.',
      },
    },
    insecure: '이 페이지에서는 마이크를 쓸 수 없어요',
    own: '내가 말하고 있어요',
    somebody: '이름을 알 수 없는 사람',
    and: (one, other) => `${one}, ${other}`,
    settings: {
      title: '마이크와 스피커',
      microphone: '마이크',
      speaker: '이쪽 스피커',
      system: '시스템 설정대로',
      mute: '마이크 음소거',
      noSpeaker: '그 스피커로는 소리를 들을 수 없어요. 다른 것을 골라 주세요.',
    },
    talks: (names) => `지금 말하는 사람: ${names}`,
  },
  still: {
    save: '지금 화면 저장하기',
    none: '아직 저장할 화면이 없어요',
    saved: (name) => `${name} 파일로 저장했어요`,
    failed: '브라우저가 화면을 저장하지 못했어요. 다시 시도해 주세요.',
  },
  zoom: {
    is: (factor) => `확대 ${factor}`,
    reset: (factor) => `확대 ${factor}. 화면 전부 보기`,
  },
  pictureInPicture: {
    open: '작은 창으로 보기',
    refused: '지금은 브라우저가 작은 창을 띄울 수 없어요. 화면이 나오면 다시 시도해 주세요.',
  },
  fullScreen: '전체 화면',
  leaveFullScreen: '전체 화면 끝내기',
  showStatistics: '연결 정보',
  close: '닫기',
  cameras: '카메라',
  chooseCamera: '카메라 고르기',
  allCameras: '모든 카메라',
  wall: {
    summary: (live, all) => `카메라 ${all}대 가운데 ${live}대가 실시간이에요`,
  },
  noCameras: { title: '아직 카메라가 없어요', hint: '카메라를 꽂으면 여기에 저절로 나타나요.' },
  cameraStates: { idle: '쉬는 중', starting: '켜지는 중', live: '켜짐', away: '응답 없음' },
  statistics: {
    title: '연결 정보',
    picture: '화면 크기',
    frameRate: '프레임',
    bitrate: '데이터 속도',
    loss: '손실률',
    pictureAge: '화면이 나온 지',
    range: (least, most) => `지난 1분 동안 최소 ${least}, 최대 ${most}`,
    unknown: '아직 알 수 없음',
    lost: '잃어버린 패킷',
    buffer: '브라우저 대기 시간',
    roundTrip: '왕복 시간',
    route: '경로',
    codec: '영상 형식',
    encoder: {
      title: '인코더',
      kinds: { software: '소프트웨어', hardware: '하드웨어' },
      passedThrough: '없음, 카메라 영상 그대로',
      takes: (percent) => `코어 하나의 ${percent}%`,
      expect: (percent) => `코어 하나의 ${percent}% 예상`,
    },
    firstFrame: '첫 화면까지',
    perSecond: (value) => `초당 ${value}`,
    routes: { host: '직접 연결', srflx: '공유기를 거침', prflx: '공유기를 거침', relay: '중계 서버를 거침' },
  },
  checkUp: { open: '연결 점검하기', why: '까닭 알아보기' },
};
