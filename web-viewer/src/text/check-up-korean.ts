// SPDX-License-Identifier: Apache-2.0
// What a check-up says, in Korean.
import type { CheckUpTexts } from './check-up-english';

export const checkUpKorean: CheckUpTexts = {
  title: '점검',
  about: '화면이 여기까지 오는 데 필요한 것을 하나씩 시험해 보고, 잘되는지와 무엇을 하면 되는지 알려 드려요.',
  browser: '이 브라우저',
  device: '기기',
  forOwner: '카메라 주인은 여기에서 기기도 점검할 수 있어요.',
  progress: {
    browser: '이 브라우저의 네트워크를 점검하고 있어요 …',
    device: '기기를 점검하고 있어요 …',
    rest: '카메라와 기기의 네트워크를 점검하고 있어요 …',
  },
  summary: {
    works: '시험해 본 것은 모두 잘돼요.',
    better: (count) => `모두 잘되지만, 더 나아질 수 있는 것이 ${count}가지 있어요.`,
    broken: (count) => `작동하지 않는 것이 ${count}가지 있어요.`,
  },
  again: '다시 점검하기',
  copy: '글로 복사하기',
  copied: '복사했어요',
  report: '점검 결과 글',
  copyByHand: '이 브라우저에서는 페이지가 복사할 수 없어요. 글을 선택해 두었으니 키보드로, 또는 길게 눌러 복사해 주세요.',
  verdicts: {
    ok: '잘됨',
    warning: '더 나아질 수 있음',
    broken: '작동하지 않음',
    untried: '시험하지 않음',
  },
  things: {
    time: '시계',
    disk: '저장 공간',
    camera: '카메라',
    encoder: '인코더',
    servers: '서버',
    stun: 'STUN 서버',
    turn: '중계 서버 (TURN)',
    udp: 'UDP',
    nat: '공유기 (NAT)',
    mtu: '패킷 크기 (MTU)',
    ipv6: 'IPv6',
    signaling: '기기까지 가는 길',
    browser: '실시간 영상',
  },
  faults: {
    forbidden: '이제 기기를 점검할 권한이 없어요.',
    'unknown-command': '이 기기는 여기에서 점검할 수 없어요. 기기를 업데이트하거나 기기에서 “fanlight doctor”를 실행해 주세요.',
    unreachable: '기기가 응답하지 않아서 기기 점검을 마치지 못했어요. 잠시 뒤에 다시 점검해 주세요.',
    forgotten: '그사이 기기가 다시 시작해서 기기 점검을 마치지 못했어요. 다시 점검해 주세요.',
    other: '기기를 점검하지 못했어요. 잠시 뒤에 다시 점검해 주세요.',
  },
  causes: {
    'clock-unset': '시간이 맞춰져 있지 않아요. 그래서 기한이 있는 링크로는 아무도 볼 수 없고, 중계 서버의 인증 정보도 만들 수 '
      + '없어요. “systemctl enable --now systemd-timesyncd”로 시간을 맞춰 주세요. 맞춰졌는지는 “timedatectl”로 볼 수 있어요.',
    'clock-unkept': '시간은 있지만 맞춰 주는 것이 없어서, 링크가 너무 일찍 또는 너무 늦게 끝날 수 있어요. “systemctl enable '
      + '--now systemd-timesyncd”로 시간을 맞춰 주세요.',
    'disk-absent': 'Fanlight가 쓸 폴더가 아직 없어요. Fanlight가 스스로 만들어요.',
    'disk-unusable': '가득 찼거나 읽기 전용이라서 새로 공유할 수도, 공유를 끝낼 수도 없어요. 공간을 비우거나, 왜 쓸 수 없는지 '
      + '“dmesg”로 확인해 주세요. “--state-dir”로 다른 폴더를 정할 수도 있어요.',
    'disk-forbidden': 'Fanlight를 실행하는 사용자가 그 폴더에 쓸 수 없어요. 폴더를 그 사용자의 것으로 바꾸거나 “--state-dir”로 '
      + '다른 폴더를 정해 주세요.',
    'no-camera': '설정된 카메라도, 찾은 카메라도 없어요. 카메라를 꽂아 주세요. 무엇이 있는지는 “fanlight devices”가 보여 줘요. '
      + '“video” 그룹에 없는 사용자에게는 카메라가 보이지 않아요.',
    'camera-missing': '카메라가 없어요. 카메라를 꽂거나, 설정의 “device”를 “fanlight devices”에 나오는 것과 비교해 주세요.',
    'camera-busy': '누가 쓰고 있어요. 이 페이지에 그 화면이 나오면 Fanlight가 쓰는 것이에요. 아니라면 기기에서 쓰고 있는 다른 '
      + '프로그램을 끝내 주세요.',
    'camera-settings': '설정대로 할 수 없는 카메라예요. 설정을 “fanlight devices”에 나오는 것과 비교해 주세요.',
    'camera-silent': '화면이 오지 않아요. 케이블을 확인하거나 카메라를 뽑았다가 다시 꽂아 주세요. 드라이버가 알려 준 내용은 '
      + '“dmesg”에 있어요.',
    'camera-trouble': '카메라를 쓸 수 없어요. 드라이버가 알려 준 내용은 “dmesg”에 있어요. Fanlight를 실행하는 사용자가 “video” '
      + '그룹에 있어야 해요.',
    'camera-without-encoder': '인코더가 작동하지 않아서 시험하지 않았어요. 인코더에 적힌 내용을 먼저 봐 주세요.',
    'encoder-unusable': '설정된 인코더를 여기에서 쓸 수 없어요. “encoder”를 "auto"로 두거나 “fanlight devices”에서 된다고 하는 '
      + '것으로 바꿔 주세요.',
    'encoder-software': '소프트웨어로 잘되지만 프로세서를 많이 써요. 얼마나 쓰는지, 어떤 하드웨어로 할 수 있는지는 “fanlight '
      + 'devices”가 알려 줘요.',
    'no-servers': '설정된 서버가 없어요. 집 안이나 VPN에서, 또는 포트를 열어 두었다면 필요 없어요. 다른 곳에서 보려면 설정에 '
      + '[[ice_server]]를 넣어 주세요.',
    'server-file': '비밀 키나 비밀번호 파일을 읽을 수 없어서 이 서버를 쓰지 않아요. 파일이 있고 Fanlight를 실행하는 사용자가 '
      + '읽을 수 있어야 해요.',
    'server-service': '서버를 나눠 주는 서비스가 아무것도 주지 않았어요. “service”와 “service_token”을 운영하는 곳에서 알려 준 '
      + '것과 비교해 주세요.',
    'server-clock': '기기의 시간이 맞춰질 때까지 이 서버의 인증 정보를 만들 수 없어요. 시계를 먼저 맞춰 주세요.',
    'name-unknown': '이름에 맞는 주소가 없어요. “urls”의 이름을 서버의 이름과 비교해 주세요. 다른 이름에도 주소가 없다면 기기의 '
      + '/etc/resolv.conf를 봐 주세요.',
    'browsers-only': '브라우저만 쓰는 서버예요. 기기는 중계 서버와 TLS로 통신하지 않아요. 잘되는지는 위의 이 브라우저에 나와 '
      + '있어요.',
    'ipv6-only': '서버에는 IPv6 주소만 있는데 기기에는 없어요. IPv4 주소가 있는 서버를 써 주세요.',
    'secret-differs': '인증 정보를 거절했어요. “secret”이 서버의 것(coturn의 “static-auth-secret”)과 다르거나, 두 시계 가운데 '
      + '하나가 틀려요.',
    'password-refused': '인증 정보를 거절했어요. “username”과 “password” 파일을 서버에 있는 것과 비교해 주세요.',
    'service-credentials-refused': '서비스가 나눠 준 인증 정보를 거절했어요. 그 서비스를 운영하는 곳에 물어봐 주세요.',
    'credentials-missing': '인증 정보가 필요한데 설정되어 있지 않아요. “secret”이나, “username”과 “password”를 정해 주세요.',
    'relay-forbidden': '중계를 막아 두었어요. 서버의 설정과 로그를 봐 주세요.',
    'relay-full': '더 중계할 수 없어요. 서버의 한도를 올려 주세요. coturn에서는 “user-quota”, “total-quota”, “bps-capacity”예요.',
    refused: '서버가 오류로 답했어요. 까닭은 서버의 로그에 있어요.',
    closed: '그 포트에서 받는 프로그램이 없어요. 서버가 켜져 있고 그 포트에서 기다리는지, 방화벽이 거절하는지 확인해 주세요.',
    foreign: '그 포트에서는 다른 프로그램이 답해요. 포트를 서버의 설정과 비교해 주세요.',
    'no-route': '기기에서 그곳으로 가는 길이 없어요. 기기에서 “ip route”를 확인해 주세요.',
    silent: '답이 오지 않았어요. 서버가 꺼져 있거나, 이 네트워크나 서버의 방화벽이 막고 있어요.',
    'udp-unasked': 'UDP로 물어볼 서버가 없어서 알 수 없어요. 따로 할 일은 없어요.',
    'udp-unknown': '아무 답도 없어서 UDP가 나가는지 알 수 없어요. 서버 때문일 수도 있으니 서버에 적힌 내용을 먼저 봐 주세요.',
    'udp-blocked': 'UDP로는 답이 없고 TCP로는 있지만, 중계해 주는 서버가 없어요. 기기의 네트워크에서 UDP를 허용하거나 TCP를 쓰는 '
      + '중계 서버(“turn:HOST:443?transport=tcp”)를 설정해 주세요.',
    'udp-relayed': 'UDP로는 답이 없고 TCP로 중계하는 서버는 답해요. 화면이 그 길로 가서 더 늦어져요. 기기의 네트워크에서 UDP를 '
      + '허용해 주세요.',
    'nat-unknown': '기기의 네트워크 밖에서 답한 서버가 없어서 어떤 공유기인지 알 수 없어요.',
    'nat-dependent': '보는 사람마다 기기에 다른 포트를 주는 공유기인데 중계 서버가 없어요. 그래서 모바일 네트워크나 그런 공유기 '
      + '뒤에서는 길을 찾지 못해요. UDP 포트를 기기로 열어 주거나(설정의 “ports”와 “advertise”) TURN 서버를 설정해 주세요.',
    'mtu-unknown': '더 큰 요청에 답한 서버가 없어서 알 수 없어요.',
    'mtu-small': '화면에 필요한 크기의 패킷이 도착하지 않아요. 중간에 있는 터널이나 회선의 MTU를 1280 이상으로 올려 주세요.',
    'ipv6-untried': '기기에는 주소가 있지만 서버에는 없어서 알 수 없어요. 따로 할 일은 없어요.',
    'ipv6-broken': '기기에 주소가 있지만 IPv6로는 아무 답도 없어요. 네트워크를 관리하는 곳에 물어봐 주세요. 그때까지는 첫 화면이 '
      + '늦게 나오는 사람이 있을 수 있어요.',
  },
  browserCauses: {
    unreachable: '기기가 응답하지 않아요. 꺼져 있거나, 켜지는 중이거나, 다른 네트워크에 있을 수 있어요.',
    'not-let-in': '기기가 응답하지만 이 브라우저를 들여보내지 않아요. 이 창을 닫으면 페이지에 까닭이 나와요.',
    'no-webrtc': '실시간 영상을 볼 수 없는 브라우저예요. 최신 버전의 Chrome, Edge, Firefox, Safari에서 열어 주세요.',
    'no-h264': '카메라의 영상을 재생하지 못하는 브라우저예요. Chrome, Edge, Safari에서 열어 주세요. Firefox를 방금 설치했다면 '
      + '1분쯤 뒤에 다시 시도해 주세요.',
    'no-servers': '기기가 알려 준 STUN, TURN 서버가 없어요. 기기와 같은 네트워크나 VPN에서, 또는 포트를 열어 두었다면 필요 없어요. '
      + '다른 곳에서는 기기까지 가는 길이 없을 수 있어요.',
    'too-many': '여기에서 시험하는 것보다 많은 서버가 설정되어 있어요.',
    unusable: '이 브라우저가 이 주소나 인증 정보를 받아들이지 않아요. 카메라 주인이 설정의 “urls”를 서버의 것과 비교해 보면 돼요.',
    'not-asked': '이 브라우저가 아무 데도 물어보지 않았어요. 네트워크에 연결되어 있지 않거나, 설정이나 확장 프로그램이 막고 있어요.',
    'nothing-new': '이 브라우저가 아무 문제 없이 금방 마쳤고, 새로 알려 준 것은 없어요. 브라우저에 공인 주소가 있어서 그럴 수 있어요.',
    unanswered: '답이 오지 않았어요. 서버가 꺼져 있거나, 여기에서 그 이름을 모르거나, 이 네트워크가 막고 있어요. 모바일 데이터 같은 '
      + '다른 네트워크에서 열어 보세요.',
    'stun-refused': '서버가 오류로 답했어요. 카메라 주인은 서버의 로그에서 까닭을 찾을 수 있어요.',
    'relay-credentials': '기기가 이 브라우저에 만들어 준 인증 정보를 거절했어요. 카메라 주인이 설정의 비밀 키나 비밀번호를 서버의 '
      + '것과 비교하고, 두 시계도 확인해 보면 돼요.',
    'relay-forbidden': '중계를 막아 두었어요. 카메라 주인은 서버의 설정과 로그에서 까닭을 찾을 수 있어요.',
    'relay-full': '더 중계할 수 없어요. 나중에 다시 시도해 주세요. 카메라 주인이 서버의 한도를 올릴 수도 있어요.',
    'relay-refused': '서버가 오류로 답하고 중계하지 않아요. 카메라 주인은 서버의 로그에서 까닭을 찾을 수 있어요.',
    'relay-unexplained': '중계하지 않는데, 이 브라우저는 까닭을 알려 주지 않아요. 서버가 꺼져 있거나, 인증 정보를 거절했거나, 이 '
      + '네트워크가 막고 있을 수 있어요. Chrome이나 Edge에서 점검하면 더 알 수 있어요.',
    'udp-unasked': 'UDP로 물어본 서버가 없어서 알 수 없어요.',
    'udp-unknown': '아무 답도 없어서 이 네트워크 때문인지 서버 때문인지 알 수 없어요. 모바일 데이터 같은 다른 네트워크에서 열어 '
      + '보세요.',
    'udp-blocked': 'UDP로는 답이 없고 TCP로는 있어요. 이 네트워크가 UDP를 막는 것 같은데 중계해 주는 서버가 없어요. 다른 '
      + '네트워크에서 열어 보세요. 카메라 주인이 TCP를 쓰는 중계 서버를 설정해도 돼요.',
    'udp-relayed': 'UDP로는 답이 없고 TCP로 중계하는 서버는 답해요. 이 네트워크가 UDP를 막는 것 같아요. 화면이 그 길로 와서 더 '
      + '늦어져요.',
  },
};
