// SPDX-License-Identifier: Apache-2.0
// Every word that the page says, in English; and with it the shape that all languages have.
import type { AwayCause, DeviceTrouble, SlowedCause } from '../core/signaling-messages';
import type { TalkEnd } from '../core/talk';
import type { Problem } from '../core/viewer-problem';
import type { ViewerState } from '../core/viewer-state';

/** What happened, and what comes of it or can be done. */
export interface Message {
  title: string;
  hint: string;
}

type Problems = Record<Problem, Message>;
type Waits = Record<Exclude<ViewerState['name'], 'live' | 'failed'>, Message>;

export const english = {
  live: 'Live',
  notLive: 'Not live',
  waits: {
    connecting: { title: 'Connecting', hint: 'The picture will be here in a moment.' },
    waking: { title: 'Waking the camera', hint: 'It rests while nobody is watching.' },
    stalled: { title: 'The picture has paused', hint: 'Waiting for it to go on.' },
    reconnecting: { title: 'Reconnecting', hint: 'The picture comes back by itself.' },
    away: {
      title: 'The camera is not answering',
      hint: 'Check that it is plugged in. The picture comes back by itself.',
    },
    blocked: { title: 'Tap to start', hint: 'This browser waits for a touch before it plays video.' },
  } satisfies Waits,
  awayCauses: {
    missing: {
      title: 'The camera is not there',
      hint: 'Check that it is plugged in. The picture comes back by itself.',
    },
    busy: {
      title: 'Another program is using the camera',
      hint: 'Close that program on the device. The picture comes back by itself.',
    },
    settings: {
      title: 'The camera cannot be shown as it is set up',
      hint: 'What the device reports says what does not fit. Change its settings and restart Fanlight.',
    },
    silent: {
      title: 'The camera gives no picture',
      hint: 'Check its cable, or unplug it and plug it in again. The device goes on trying.',
    },
  } satisfies Record<AwayCause, Message>,
  slowed: {
    heat: 'The device is hot: fewer pictures a second',
    power: 'The device gets too little power: fewer pictures a second',
  } satisfies Record<SlowedCause, string>,
  frozen: {
    title: 'The camera repeats one picture',
    hint: 'What you see may be old. The device goes on starting the camera anew. If it lasts, unplug the camera and plug it '
      + 'in again.',
  },
  microphoneAway: {
    title: 'The microphone cannot be heard',
    hint: 'The device tries it again every few seconds. See that it is plugged in, and that no other program uses it.',
  },
  deviceTroubles: {
    disk: {
      title: 'The device cannot write to its disk',
      hint: 'It is full or read-only, so that access can neither be given nor ended. Make room on it, or change the memory '
        + 'card.',
    },
    memory: {
      title: 'The device is short of memory',
      hint: 'Who watches goes on, and nobody else is let in until there is enough again. If it lasts, end other programs on '
        + 'it, or give its cameras a smaller picture.',
    },
    stuck: {
      title: 'A part of the device hangs',
      hint: 'A camera, still pictures or new viewers may have to wait for it. As a service the device starts itself anew '
        + 'within a minute where that helps. If it lasts, switch the device off and on again.',
    },
  } satisfies Record<DeviceTrouble, Message>,
  problems: {
    'no-webrtc': {
      title: 'This browser cannot show live video',
      hint: 'Open this page in a current Chrome, Edge, Firefox or Safari.',
    },
    'no-h264': {
      title: 'This browser cannot play this camera’s video',
      hint: 'Open this page in Chrome, Edge or Safari. A Firefox that was just installed needs a minute first.',
    },
    offline: {
      title: 'You are offline',
      hint: 'Check your Wi-Fi or mobile data. The picture comes back by itself.',
    },
    unreachable: {
      title: 'The device cannot be reached',
      hint: 'It may be switched off, starting up, or on another network. We keep trying.',
    },
    'no-path': {
      title: 'The video does not get through',
      hint: 'The device answers, but a firewall or VPN seems to hold its video back. Turn off the VPN, or try another '
        + 'network.',
    },
    'udp-blocked': {
      title: 'This network lets no live video through',
      hint: 'It seems to block UDP. Try another network, such as mobile data; or the camera’s owner sets up a relay that '
        + 'goes by TCP.',
    },
    'turn-refused': {
      title: 'The relay refuses the connection',
      hint: 'The way to the device leads over a server that lets nobody in. Try another network; the camera’s owner learns '
        + 'why under “Find out why”.',
    },
    insecure: {
      title: 'No secure connection was possible',
      hint: 'Something on the way changed the connection, so nothing is shown. Try another network.',
    },
    interrupted: {
      title: 'The connection keeps breaking off',
      hint: 'Move closer to your Wi-Fi, or try another network. We keep trying.',
    },
    'no-picture': {
      title: 'Connected, but no picture arrives',
      hint: 'We keep trying. If it lasts, turn the device off and on again.',
    },
    restarting: { title: 'The device is restarting', hint: 'The picture comes back by itself in a moment.' },
    trouble: {
      title: 'The device has a problem',
      hint: 'We keep trying. If it lasts, turn the device off and on again.',
    },
    busy: {
      title: 'There is no room for another viewer',
      hint: 'The picture comes by itself once there is. Close it on screens that you do not need.',
    },
    'too-often': {
      title: 'A short break',
      hint: 'There were too many tries in a row. It goes on by itself in a few seconds.',
    },
    mismatch: {
      title: 'This page and the device do not fit together',
      hint: 'The device may have been updated. Reload this page; if that does not help, update the device.',
    },
    'unknown-camera': {
      title: 'There is no such camera here',
      hint: 'It may be unplugged, or have a new name. Choose one from the list.',
    },
    'camera-removed': {
      title: 'This camera was removed',
      hint: 'Once it is added again, the picture comes back by itself.',
    },
    unauthorized: {
      title: 'This link does not open the camera',
      hint: 'It is incomplete, or of another device. Ask the camera’s owner for a new one.',
    },
    forbidden: {
      title: 'This camera is not shared with you',
      hint: 'Ask its owner to share it.',
    },
    expired: {
      title: 'Your link has run out',
      hint: 'Ask the camera’s owner for a new one.',
    },
    revoked: {
      title: 'Your access was ended',
      hint: 'The camera’s owner ended it. If that was a mistake, ask for a new link.',
    },
    'not-yet': {
      title: 'Your link is not valid yet',
      hint: 'It opens the camera from a later time on. Try again then.',
    },
    'clock-unset': {
      title: 'The device does not know the time yet',
      hint: 'It cannot tell whether your link still counts. It goes on by itself once the device has found the time.',
    },
    ended: {
      title: 'The camera’s owner ended this',
      hint: 'Your link still works. You can try to watch again.',
    },
  } satisfies Problems,
  signIn: {
    newcomer: {
      title: 'This camera is private',
      hint: 'Open the link that you were sent, or scan its code with your phone’s camera.',
    },
    left: {
      title: 'You are signed out',
      hint: 'To watch again, open the link that you were sent.',
    },
    pairing: 'Is this your device?',
    pairingHint: 'It shows a pairing code where it was started. Enter it to make this browser the owner’s.',
    code: 'Pairing code',
    pair: 'Become the owner',
    pairingNow: 'Checking the code',
    faults: {
      'not-whole': 'The code has eight letters and digits.',
      'wrong-code': 'That is not the code. Compare it with what the device shows.',
      'no-pairing': 'The device shows no code any more. Restart it to get a new one.',
      'too-often': 'That was wrong too often. Wait a minute, then try again.',
      unreachable: 'The device did not answer. Check your network, then try again.',
      other: 'The device could not take the code. Try again.',
    },
  },
  account: {
    title: 'You on this device',
    forever: 'Without end',
    until: (date: string) => `Until ${date}`,
    signOut: 'Sign out',
    signOutFailed: 'The device did not answer, so you are still signed in. Try again.',
    microphone: 'Browsers give the microphone only to pages with HTTPS. To talk, open this page at the address of the '
      + 'device that begins with https.',
  },
  sharing: {
    title: 'Share',
    open: 'Share, and who watches',
    name: 'Who is it for?',
    nameExample: 'Grandma, kitchen tablet',
    rights: 'What may they do?',
    right: {
      view: 'Watch',
      talk: 'Talk through the camera',
      open: 'Open doors',
      control: 'Move and set the camera',
      record: 'See recordings',
      admin: 'Everything, sharing included',
      metrics: 'Read the device’s figures',
    },
    adminWarning: 'They can do all that you can, on every camera: let others in, and end your own access.',
    cameras: 'Which cameras?',
    reach: { this: 'This one', chosen: 'Some', all: 'All' },
    duration: 'For how long?',
    durations: { hour: '1 hour', day: '1 day', week: '7 days', month: '30 days', forever: 'Without end' },
    make: 'Make a link',
    making: 'Making the link',
    another: 'Share with somebody else',
    made: (name: string) => `Link for ${name}`,
    onlyNow: 'It is shown only now. Who has it can watch, so send it to nobody else.',
    link: 'Link',
    qr: 'The link as a code to scan',
    copy: 'Copy',
    copied: 'Copied',
    send: 'Send',
    loopback: 'This page is open at an address that works on this computer only, and so does this link. To share with '
      + 'others, open the page at the device’s address in your network first.',
    shared: 'Who may watch',
    watching: 'Who watches now',
    nobodyShared: 'Shared with nobody yet.',
    nobodyWatches: 'Nobody at the moment.',
    loading: 'Asking the device',
    own: 'You, here',
    allCameras: 'All cameras',
    since: (age: string) => `for ${age}`,
    from: (address: string) => `from ${address}`,
    endAccess: 'End access',
    endAccessOf: (name: string) => `End access of ${name}`,
    endWatching: 'End',
    endWatchingOf: (name: string) => `End what ${name} watches`,
    confirm: (name: string) => `End access of ${name}? They stop seeing the picture at once.`,
    confirmOwn: 'This is you. You would be signed out here.',
    keep: 'Keep',
    ended: (name: string) => `${name} has no access any more.`,
    endedWatching: (name: string) => `${name} does not watch any more.`,
    faults: {
      'no-name': 'Write down who it is for, so that you can tell it apart later.',
      'long-name': 'This name is too long. Choose a shorter one.',
      'no-camera': 'Choose at least one camera.',
      'clock-unset': 'The device does not know the time yet, so it can only share without end. Or try again later.',
      busy: 'Too much is shared already. End the access of somebody who does not need it any more.',
      forbidden: 'You may not do this any more.',
      'too-often': 'That was too often in a row. Wait a minute, then try again.',
      unreachable: 'The device did not answer. Try again in a moment.',
      other: 'The device could not do this. Try again.',
    },
  },
  elsewhere: {
    what: 'What is it for?',
    kinds: { link: 'For a person', key: 'Use elsewhere' },
    about: 'In a player, a recorder or a web page of yours. What you make here is a key: it stands in an address, shows '
      + 'the cameras that you choose, and opens nothing else.',
    form: {
      name: 'Where will it be used?',
      nameExample: 'Recorder, OBS, my web page',
      make: 'Make a key',
      making: 'Making the key',
      faults: { 'no-name': 'Write down where it will be used, so that you can tell it apart later.' },
    },
    key: 'Key',
    made: (name: string) => `Key for ${name}`,
    onlyNow: 'It is shown only now. Who has one of these lines can watch: put each in one place only, and make another '
      + 'key for the next.',
    loopback: 'This page is open at an address that works on this computer only, and so do these lines. To use them on '
      + 'others, open the page at the device’s address in your network first.',
    another: 'Make another',
    camera: 'Lines for',
    copy: (what: string) => `Copy: ${what}`,
    copied: (what: string) => `Copied: ${what}`,
    copyByHand: 'This browser does not let the page copy. The line is selected: copy it with the keyboard, or with a long '
      + 'touch.',
    confirm: (name: string) => `End the key of ${name}? Wherever it is used, the picture stops at once.`,
    uses: {
      whep: { title: 'WHEP', hint: 'For players that ask for a WHEP address.' },
      snapshot: { title: 'Still picture', hint: 'The newest picture as a JPEG, each time it is asked for.' },
      obs: {
        title: 'OBS',
        hint: 'The address of a Browser source; OBS has none for WHEP. Other programs that show a web page take it as well.',
      },
      gstreamer: {
        title: 'GStreamer',
        hint: 'A command for a terminal. It needs the element whepsrc of gst-plugins-rs.',
      },
      element: {
        title: 'Web page',
        hint: 'For the HTML of a page of yours. The device answers pages of the sites that its configuration lists: '
          + 'http.origins.',
      },
      frame: {
        title: 'Web page, as a frame',
        hint: 'Where a page takes frames only. Its site, too, must be in http.origins.',
      },
    },
  },
  embedded: {
    key: {
      title: 'This key does not open the camera',
      hint: 'It was ended, has run out, or is incomplete. The camera’s owner can make a new one.',
    },
    otherCamera: {
      title: 'This key is of other cameras',
      hint: 'The camera’s owner can make one for this camera.',
    },
    unreachable: {
      title: 'The device cannot be reached from this page',
      hint: 'It may be switched off or on another network, or not list this site in http.origins. We keep trying.',
    },
    withheld: {
      title: 'This browser withholds the camera',
      hint: 'This page came by HTTPS, and the camera’s address begins with http. It needs one that begins with https.',
    },
    incomplete: {
      title: 'There is no camera to show',
      hint: 'The camera or the key is missing here. Copy the line again from the device’s page: Share, Use elsewhere.',
    },
  } satisfies Record<string, Message>,
  ring: {
    title: (name: string) => `Somebody rings at ${name}`,
    answered: (name: string) => (name === '' ? 'Somebody has answered' : `Answered by ${name}`),
    answer: 'Answer',
  },
  door: {
    shut: (name: string) => `Open ${name}`,
    sure: (name: string) => `Really open ${name}?`,
    opening: (name: string) => `Opening ${name} …`,
    opened: (name: string) => `${name} is open`,
    failed: (name: string) => `${name} was not opened: the device does not answer, or has lost what opens it`,
  },
  deviceSays: 'What the device reports',
  pictureAge: (age: string) => `Picture from ${age} ago`,
  retryIn: (seconds: number) => `Trying again in ${seconds} s`,
  retrying: 'Trying again',
  tryNow: 'Try now',
  tryAgain: 'Try again',
  reload: 'Reload',
  start: 'Start',
  age: (value: number, unit: 'second' | 'minute' | 'hour' | 'day') =>
    `${value} ${{ second: 's', minute: 'min', hour: 'h', day: value === 1 ? 'day' : 'days' }[unit]}`,
  video: (camera: string) => `Live picture of ${camera}`,
  controls: 'Controls',
  mute: 'Turn sound off',
  unmute: 'Turn sound on',
  noSound: 'This camera sends no sound',
  talk: {
    name: 'Talk',
    how: 'Hold it while you talk. Pressed once, it goes on until you press it again.',
    opening: { title: 'Asking for the microphone', hint: 'Allow it where the browser asks.' },
    asking: { title: 'One moment', hint: 'The camera is being asked for your turn.' },
    waiting: (name: string) => `Waiting for ${name} to finish`,
    place: (position: number) => (position === 1 ? 'You are next.' : `You are number ${position} of those who wait.`),
    heard: { title: 'They hear you', hint: 'Let go, or press again, to end.' },
    heardOtherwise: { title: 'They hear you through another microphone', hint: 'The one before was unplugged.' },
    muted: { title: 'Your microphone is muted', hint: 'Nobody hears you until you switch it on again, beside this button.' },
    silent: {
      title: 'Your microphone is silent',
      hint: 'See that it is switched on, and muted neither on itself nor in the system’s settings.',
    },
    ends: {
      ready: { title: 'The microphone is ready', hint: 'Hold the button, and talk.' },
      limit: { title: 'Your turn is over', hint: 'Each turn has its time. Press again for another.' },
      silent: {
        title: 'Nothing was heard of you',
        hint: 'The connection is weak, or the microphone gives nothing. Press again to try once more.',
      },
      preempted: { title: 'The camera’s owner talks now', hint: 'Press again, and it is your turn after them.' },
      speaker: {
        title: 'The loudspeaker cannot be used',
        hint: 'The device tries it again every few seconds. See that it is plugged in, and that no other program uses it.',
      },
      forbidden: { title: 'You may not talk here any more', hint: 'Ask the camera’s owner.' },
      'no-way': {
        title: 'This connection carries no sound to the camera',
        hint: 'Reload this page, then press again. If that does not help, the device has no loudspeaker for this camera.',
      },
      trouble: { title: 'The device could not let you talk', hint: 'Press again in a moment.' },
      blocked: {
        title: 'The microphone is blocked for this page',
        hint: 'Allow it by the sign beside the address, or in the browser’s settings for this site; and allow it to the '
          + 'browser in the system’s settings. Then press again.',
      },
      missing: { title: 'There is no microphone', hint: 'Plug one in, or connect a headset. Then press again.' },
      busy: { title: 'Another program has the microphone', hint: 'End what else uses it, such as a call. Then press again.' },
      other: {
        title: 'The microphone could not be started',
        hint: 'Press again. If that does not help, reload this page, or open it in another browser.',
      },
    } satisfies Record<Exclude<TalkEnd, 'insecure'>, Message>,
    /** Its hint is `account.microphone`. */
    insecure: 'This page gets no microphone',
    own: 'You are talking',
    somebody: 'somebody',
    and: (one: string, other: string) => `${one} and ${other}`,
    settings: {
      title: 'Microphone and loudspeaker',
      microphone: 'Microphone',
      speaker: 'Loudspeaker here',
      system: 'As the system has it',
      mute: 'Mute the microphone',
      noSpeaker: 'The sound cannot be sent there. Choose another one.',
    },
    talks: (names: string, count: number) => `${names} ${count > 1 ? 'are' : 'is'} talking`,
  },
  still: {
    save: 'Save this picture',
    none: 'There is no picture to save yet',
    saved: (name: string) => `Saved as ${name}`,
    failed: 'The browser could not save the picture. Try again.',
  },
  zoom: {
    is: (factor: string) => `Zoom ${factor}`,
    reset: (factor: string) => `Zoom ${factor}. Show the whole picture`,
  },
  pictureInPicture: {
    open: 'Small window on top',
    refused: 'The browser cannot show the small window just now. Try again once the picture is there.',
  },
  fullScreen: 'Full screen',
  leaveFullScreen: 'Leave full screen',
  showStatistics: 'Connection details',
  close: 'Close',
  cameras: 'Cameras',
  chooseCamera: 'Choose a camera',
  allCameras: 'All cameras',
  wall: {
    summary: (live: number, all: number) => `${live} of ${all} cameras are live`,
  },
  noCameras: { title: 'No camera yet', hint: 'Plug one in. It appears here by itself.' },
  cameraStates: { idle: 'Resting', starting: 'Starting', live: 'On', away: 'Not answering' },
  statistics: {
    title: 'Connection',
    picture: 'Picture',
    frameRate: 'Frames',
    bitrate: 'Data rate',
    loss: 'Loss',
    pictureAge: 'Age of the picture',
    range: (least: string, most: string) => `Over the last minute, from ${least} to ${most}`,
    unknown: 'Not known yet',
    lost: 'Lost packets',
    buffer: 'Wait in the browser',
    roundTrip: 'Round trip',
    route: 'Route',
    codec: 'Video format',
    encoder: {
      title: 'Encoder',
      kinds: { software: 'software', hardware: 'hardware' } as Record<string, string>,
      passedThrough: 'Passed through: no encoder',
      takes: (percent: number) => `${percent} % of a core`,
      expect: (percent: number) => `expect ${percent} % of a core`,
    },
    firstFrame: 'First picture after',
    perSecond: (value: string) => `${value} a second`,
    routes: { host: 'Direct', srflx: 'Through a router', prflx: 'Through a router', relay: 'Through a relay' },
  },
  checkUp: { open: 'Check the connection', why: 'Find out why' },
};

export type Texts = typeof english;
