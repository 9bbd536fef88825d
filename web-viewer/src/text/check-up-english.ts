// SPDX-License-Identifier: Apache-2.0
// What a check-up says, in English: of the device to its owner, who can set it right, and of a browser to anybody. Apart
// from the other words, so that what other sites' pages load is without it.
import type { CheckUpStage } from '../core/check-up';
import type { DeviceThing, FindingCause, Verdict } from '../core/finding';
import type { BrowserCause, BrowserThing } from '../core/server-check';

export const checkUpEnglish = {
  title: 'Check-up',
  about: 'It tries what a picture needs to get here, and says of each thing whether it works and what to do.',
  browser: 'This browser',
  device: 'The device',
  forOwner: 'The camera’s owner can have the device checked here, too.',
  progress: {
    browser: 'Checking this browser’s network …',
    device: 'Checking the device …',
    rest: 'Checking the cameras and the device’s network …',
  } satisfies Record<'browser' | CheckUpStage, string>,
  summary: {
    works: 'Everything that was tried works.',
    better: (count: number) => `Everything works, and ${count === 1 ? 'one thing' : `${count} things`} could be better.`,
    broken: (count: number) => (count === 1 ? 'One thing does not work.' : `${count} things do not work.`),
  },
  again: 'Check again',
  copy: 'Copy as text',
  copied: 'Copied',
  report: 'The check-up as text',
  copyByHand: 'This browser does not let the page copy. The text is selected: copy it with the keyboard, or with a long touch.',
  verdicts: {
    ok: 'Works',
    warning: 'Could be better',
    broken: 'Does not work',
    untried: 'Not tried',
  } satisfies Record<Verdict, string>,
  things: {
    time: 'Clock',
    disk: 'Storage',
    camera: 'Camera',
    encoder: 'Encoder',
    servers: 'Servers',
    stun: 'STUN server',
    turn: 'Relay (TURN)',
    udp: 'UDP',
    nat: 'Router (NAT)',
    mtu: 'Packet size (MTU)',
    ipv6: 'IPv6',
    signaling: 'Way to the device',
    browser: 'Live video',
  } satisfies Record<DeviceThing | BrowserThing, string>,
  faults: {
    forbidden: 'You may not have the device checked any more.',
    'unknown-command': 'This device cannot be checked from here. Update it, or use “fanlight doctor” on it.',
    unreachable: 'The device did not answer, so that its part is not complete. Check again in a moment.',
    forgotten: 'The device has started anew meanwhile, so that its part is not complete. Check again.',
    other: 'The device could not be checked. Check again in a moment.',
  },
  causes: {
    'clock-unset': 'It has not been set: no link that ends lets anybody in, and no credentials for a relay can be made. Have '
      + 'it kept right with “systemctl enable --now systemd-timesyncd”; “timedatectl” tells whether it is.',
    'clock-unkept': 'It is set, and nothing keeps it right: links will end too early or too late. Have it kept right with '
      + '“systemctl enable --now systemd-timesyncd”.',
    'disk-absent': 'The folder for what Fanlight keeps is not there yet. Fanlight makes it itself.',
    'disk-unusable': 'It is full or read-only, so that access can neither be given nor ended. Make room on it, or look with '
      + '“dmesg” why it cannot be written; “--state-dir” names another folder.',
    'disk-forbidden': 'The user that Fanlight runs as may not write there. Give the folder to that user, or name another with '
      + '“--state-dir”.',
    'no-camera': 'None is set up, and none is found. Plug one in. “fanlight devices” lists what there is; a user who is not '
      + 'in the group “video” sees none.',
    'camera-missing': 'It is not there. Plug it in, or compare “device” in the configuration with what “fanlight devices” '
      + 'lists.',
    'camera-busy': 'It is in use. Where this page shows its picture, it is Fanlight that has it; else end the other program on '
      + 'the device.',
    'camera-settings': 'It cannot do what its settings ask for. Compare them with what “fanlight devices” lists.',
    'camera-silent': 'It gives no picture. Check its cable, or unplug it and plug it in again; “dmesg” tells what its driver '
      + 'says.',
    'camera-trouble': 'It cannot be used. “dmesg” tells what its driver says; the user that Fanlight runs as must be in the '
      + 'group “video”.',
    'camera-without-encoder': 'It was not tried, since its encoder does not work. See what is said of that.',
    'encoder-unusable': 'The one that is set does not work here. Set “encoder” to "auto", or to one that “fanlight devices” '
      + 'says works.',
    'encoder-software': 'It works in software, which costs processor time. “fanlight devices” tells how much, and which '
      + 'hardware would do it.',
    'no-servers': 'None is set up. At home, over a VPN or with a forwarded port none is needed; to be reached from elsewhere, '
      + 'add an [[ice_server]] to the configuration.',
    'server-file': 'The file of its secret or password cannot be read, so it is not used. The file must be there, and the user '
      + 'that Fanlight runs as must be allowed to read it.',
    'server-service': 'The service that hands out servers gave none. Compare “service” and “service_token” with what its '
      + 'operator told you.',
    'server-clock': 'No credentials can be made for it while the device’s clock is not set. Set the clock right first.',
    'name-unknown': 'Its name has no address. Compare the name in “urls” with the server’s; if no other name has one either, '
      + 'see /etc/resolv.conf on the device.',
    'browsers-only': 'It is for browsers alone: the device does not speak TLS to a relay. Whether it works is told above, of '
      + 'this browser.',
    'ipv6-only': 'It has addresses of IPv6 alone, and the device has none. Use a server that has an address of IPv4.',
    'secret-differs': 'It refuses the credentials. Either “secret” differs from the server’s own (“static-auth-secret” of '
      + 'coturn), or one of the two clocks is wrong.',
    'password-refused': 'It refuses the credentials. Compare “username” and the file of “password” with what the server '
      + 'knows.',
    'service-credentials-refused': 'It refuses the credentials that a service handed out for it. Ask who runs that service.',
    'credentials-missing': 'It wants credentials, and none are set. Set “secret”, or “username” and “password”.',
    'relay-forbidden': 'It forbids to relay. See its configuration, and its log.',
    'relay-full': 'It relays as much as it may. Raise its quotas: “user-quota”, “total-quota” and “bps-capacity” of coturn.',
    refused: 'It answers with an error. See its log for what it says of this.',
    closed: 'Nobody listens at that port. See whether the server runs and listens there, and whether a firewall rejects what '
      + 'comes.',
    foreign: 'Another program listens there. Compare the port with the server’s configuration.',
    'no-route': 'The device knows no way there. See “ip route” on it.',
    silent: 'No answer came. The server is away, or a firewall drops what goes there: this network’s, or its own.',
    'udp-unasked': 'No server is asked by it, so that this is not known. It needs nothing of you.',
    'udp-unknown': 'Nothing answers, so that it cannot be told whether UDP gets out: it may be the servers. See first what is '
      + 'said of those.',
    'udp-blocked': 'By UDP nothing answers, by TCP something does, and nobody relays. Let UDP out of the device’s network, or '
      + 'set up a relay by TCP: “turn:HOST:443?transport=tcp”.',
    'udp-relayed': 'By UDP nothing answers, and a relay does by TCP. Pictures go that way, later than they could: let UDP out '
      + 'of the device’s network.',
    'nat-unknown': 'No server outside of the device’s network answered, so that the kind of router is not known.',
    'nat-dependent': 'It gives the device another port for each viewer, and nobody relays: viewers on mobile networks and '
      + 'behind such routers find no way. Forward a range of UDP ports to the device (“ports” and “advertise” in the '
      + 'configuration), or set up a TURN server.',
    'mtu-unknown': 'No server answered a larger request, so that this is not known.',
    'mtu-small': 'Packets as large as pictures need do not arrive. Raise the MTU of the tunnel or line in between, to 1280 at '
      + 'least.',
    'ipv6-untried': 'The device has an address, and none of the servers has one, so that this is not known. It needs nothing '
      + 'of you.',
    'ipv6-broken': 'The device has an address, and nothing answers by it. Ask whoever runs its network: until that is set '
      + 'right, some viewers wait longer for the first picture.',
  } satisfies Record<FindingCause, string>,
  browserCauses: {
    unreachable: 'The device does not answer. It may be switched off, starting up, or on another network.',
    'not-let-in': 'The device answers, and does not let this browser in. Close this, and the page says why.',
    'no-webrtc': 'It cannot show live video. Open this page in a current Chrome, Edge, Firefox or Safari.',
    'no-h264': 'It cannot play the cameras’ video. Open this page in Chrome, Edge or Safari; a Firefox that was just '
      + 'installed needs a minute first.',
    'no-servers': 'The device names no STUN or TURN server. In its own network, over a VPN or with a forwarded port none is '
      + 'needed; from elsewhere there may be no way to it.',
    'too-many': 'More servers are set up than are tried here.',
    unusable: 'This browser does not take this address, or its credentials. The camera’s owner can compare “urls” in the '
      + 'configuration with the server’s.',
    'not-asked': 'This browser asked nobody. It is offline, or a setting or an extension keeps it from asking.',
    'nothing-new': 'This browser was soon done with it, complained of nothing, and had nothing new to tell: it may have a '
      + 'public address of its own.',
    unanswered: 'No answer came. The server is away, its name is unknown here, or this network drops what goes there. Try '
      + 'another network, such as mobile data.',
    'stun-refused': 'It answers with an error. The camera’s owner may find more in its log.',
    'relay-credentials': 'It refuses the credentials that the device made for this browser. The camera’s owner compares the '
      + 'secret or password in the configuration with the server’s own, and the clocks of the two.',
    'relay-forbidden': 'It forbids to relay. The camera’s owner finds why in its configuration, and in its log.',
    'relay-full': 'It relays as much as it may. Try again later; the camera’s owner can raise its quotas.',
    'relay-refused': 'It answers with an error, and does not relay. The camera’s owner may find more in its log.',
    'relay-unexplained': 'It does not relay, and this browser does not say why: it may be away, refuse the credentials, or be '
      + 'held back by this network. A check-up in Chrome or Edge says more.',
    'udp-unasked': 'No server was asked by it, so that this is not known.',
    'udp-unknown': 'Nothing answers, so that it cannot be told whether this network or the servers are the reason. Try another '
      + 'network, such as mobile data.',
    'udp-blocked': 'By UDP nothing answers, by TCP something does: this network seems to block UDP, and nobody relays. Try '
      + 'another network; or the camera’s owner sets up a relay that goes by TCP.',
    'udp-relayed': 'By UDP nothing answers, and a relay does by TCP: this network seems to block UDP. Pictures come that way, '
      + 'later than they could.',
  } satisfies Record<BrowserCause, string>,
};

export type CheckUpTexts = typeof checkUpEnglish;
