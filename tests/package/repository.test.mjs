// SPDX-License-Identifier: Apache-2.0
// The repository that tools/release makes, judged by apt itself, with a root of its own.

import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { debianPackage } from '../support/debian_package.mjs';
import { FolderServer } from '../support/folder_server.mjs';
import { repository } from '../support/paths.mjs';
import { installationLines, release, repacked } from '../support/release.mjs';

const codename = 'bookworm';
const architecture = execFileSync('dpkg', ['--print-architecture'], { encoding: 'utf8' }).trim();
const scratch = mkdtempSync(path.join(os.tmpdir(), 'fanlight-repository-'));
const keys = path.join(scratch, 'keys');
const published = path.join(scratch, 'published');
/** What the server has at the moment. */
const served = path.join(scratch, 'served');
/** @type {FolderServer} */
let server;
let deb = '';
let version = '';
let printed = '';

/** tools/release into that folder, with the test's address. @param {string[]} more */
const publish = (...more) => release('--url', server.url, '--codename', codename, ...more);

/** Serves a copy of the repository. @param {(folder: string) => void} [change] what was done to it on the way */
function serve(change = () => {}) {
  rmSync(served, { recursive: true, force: true });
  cpSync(published, served, { recursive: true });
  change(served);
}

/** Turns one bit of a file around, and of every other with the same content. @param {string} folder @param {string} file */
function alter(folder, file) {
  const before = readFileSync(path.join(folder, file));
  const changed = Buffer.from(before);
  changed[Math.floor(changed.length / 2)] ^= 1;
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name));
  const same = all.filter((one) => statSync(one).isFile() && readFileSync(one).equals(before));
  for (const one of same) writeFileSync(one, changed);
  return same.length;
}

/** Every file of a folder, by its path, with what it holds, and every folder. @param {string} folder */
function contents(folder) {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return names.map((name) => {
    const file = path.join(folder, name);
    return [name, statSync(file).isFile() ? createHash('sha256').update(readFileSync(file)).digest('hex') : 'folder'];
  });
}

/** A system that has followed the first two of the three lines, and has nothing else. */
class System {
  #root = mkdtempSync(path.join(scratch, 'system-'));

  /** @param {string} [own] its architecture */
  constructor(own = architecture) {
    for (const folder of ['etc/apt/sources.list.d', 'etc/apt/keyrings', 'var/lib/apt/lists/partial', 'var/lib/dpkg', 'var/cache/apt/archives/partial'])
      mkdirSync(path.join(this.#root, folder), { recursive: true });
    writeFileSync(path.join(this.#root, 'var/lib/dpkg/status'), '');
    const key = path.join(this.#root, 'etc/apt/keyrings/fanlight.asc');
    cpSync(path.join(published, 'fanlight.asc'), key);
    const sources = readFileSync(path.join(published, 'dists', codename, 'fanlight.sources'), 'utf8');
    // apt takes this path as it is, whatever its root.
    assert.match(sources, /^Signed-By: \/etc\/apt\/keyrings\/fanlight\.asc$/m);
    writeFileSync(path.join(this.#root, 'etc/apt/sources.list.d/fanlight.sources'), sources.replace(/^Signed-By: .*$/m, `Signed-By: ${key}`));
    writeFileSync(path.join(this.#root, 'apt.conf'), `Dir "${this.#root}"; Dir::Bin::Methods "/usr/lib/apt/methods"; APT::Architecture "${own}";
APT::Architectures { "${own}"; }; APT::Sandbox::User "root"; Acquire::Languages "none"; APT::Update::Error-Mode "any";`);
  }

  /** @param {string} program of apt's @param {string[]} options @returns {Promise<{ status: number, said: string }>} */
  apt(program, ...options) {
    const env = { ...process.env, APT_CONFIG: path.join(this.#root, 'apt.conf'), LC_ALL: 'C' };
    return new Promise((resolve) => {
      execFile(program, options, { env, cwd: this.#root, encoding: 'utf8' }, (error, stdout, stderr) =>
        resolve({ status: error ? Number(error.code) : 0, said: stdout + stderr }));
    });
  }

  /** The version that it would install, if any. */
  async candidate() {
    const { said } = await this.apt('apt-cache', 'policy', 'fanlight');
    return said.match(/Candidate: (\S+)/)?.[1];
  }

  /** What it has downloaded. */
  downloaded() {
    const [file] = readdirSync(this.#root).filter((name) => name.endsWith('.deb'));
    return file && readFileSync(path.join(this.#root, file));
  }
}

before(async () => {
  deb = debianPackage();
  version = execFileSync('dpkg-deb', ['-f', deb, 'Version'], { encoding: 'utf8' }).trim();
  server = await FolderServer.start(served);
  const { status, stdout, stderr } = publish('--out', published, '--key-folder', keys, deb);
  assert.equal(status, 0, stderr);
  assert.match(stderr, new RegExp(`A new key is in '${keys}'\\. Keep that folder`));
  printed = stdout;
});
after(async () => {
  await server.close();
  rmSync(scratch, { recursive: true, force: true });
});

test('what is printed is the text in the folder, and has three lines that install', () => {
  assert.equal(readFileSync(path.join(published, 'README.txt'), 'utf8'), printed);
  const [key, sources, install, ...more] = installationLines(printed);
  assert.ok(key.endsWith(`${server.url}/fanlight.asc`));
  assert.ok(sources.endsWith(`${server.url}/dists/$(. /etc/os-release; echo $VERSION_CODENAME)/fanlight.sources`));
  assert.equal(install, 'sudo apt update && sudo apt install -y fanlight');
  assert.deepEqual(more, []);
});

test('the package says which Debian it was built on, so that the next one has a higher version', () => {
  assert.match(version, /^\d+\.\d+\.\d+~deb\d+$/);
});

test('apt trusts it, shows the package and downloads it', async () => {
  serve();
  const system = new System();
  const { status, said } = await system.apt('apt-get', 'update');
  assert.equal(status, 0, said);
  assert.equal(await system.candidate(), version);
  assert.equal((await system.apt('apt-get', 'download', 'fanlight')).status, 0);
  assert.ok(system.downloaded()?.equals(readFileSync(deb)));
  assert.ok(server.asked.some((one) => /\/by-hash\/SHA256\/[0-9a-f]{64}$/.test(one) || /\/by-hash\/SHA512\//.test(one)));
});

test('apt refuses it where one bit of the list of packages is another', async () => {
  serve((folder) => assert.ok(alter(folder, `dists/${codename}/main/binary-${architecture}/Packages`) > 1));
  const system = new System();
  const { status, said } = await system.apt('apt-get', 'update');
  assert.notEqual(status, 0);
  assert.match(said, /Hash Sum mismatch/);
  assert.equal(await system.candidate(), undefined);
});

test('apt refuses the package where one bit of it is another', async () => {
  serve((folder) => assert.equal(alter(folder, `pool/${codename}/${readdirSync(path.join(folder, 'pool', codename)).find((name) => name.endsWith('.deb'))}`), 1));
  const system = new System();
  assert.equal((await system.apt('apt-get', 'update')).status, 0);
  const { status, said } = await system.apt('apt-get', 'download', 'fanlight');
  assert.notEqual(status, 0);
  assert.match(said, /Hash Sum mismatch/);
  assert.equal(system.downloaded(), undefined);
});

test('apt refuses what another key has signed', async () => {
  const forged = path.join(scratch, 'forged');
  assert.equal(publish('--out', forged, '--key-folder', path.join(scratch, 'other-keys'), deb).status, 0);
  serve((folder) => cpSync(path.join(forged, 'dists', codename), path.join(folder, 'dists', codename), { recursive: true }));
  const system = new System();
  const { status, said } = await system.apt('apt-get', 'update');
  assert.notEqual(status, 0);
  assert.match(said, /NO_PUBKEY|Missing key/);
  assert.equal(await system.candidate(), undefined);
});

test('each architecture is offered its own package', async () => {
  const folder = path.join(scratch, 'two');
  cpSync(published, folder, { recursive: true });
  const other = repacked(deb, { Architecture: 'riscv64', Version: '0.2.0~deb12' }, scratch);
  const { status, stderr } = publish('--out', folder, '--key-folder', keys, other);
  assert.equal(status, 0, stderr);
  rmSync(served, { recursive: true });
  cpSync(folder, served, { recursive: true });
  for (const [own, offered] of [[undefined, version], ['riscv64', '0.2.0~deb12']]) {
    const system = new System(own);
    assert.equal((await system.apt('apt-get', 'update')).status, 0);
    assert.equal(await system.candidate(), offered);
  }
});

test('an address that does not protect the key is warned of', () => {
  const keyed = (/** @type {string} */ url) =>
    release('--url', url, '--codename', codename, '--out', path.join(scratch, 'warned'), '--key-folder', keys, deb);
  const open = keyed('http://example.org/fanlight');
  assert.equal(open.status, 0, open.stderr);
  assert.match(open.stderr, /^Warning: by 'http:' the first of the three lines fetches the key unprotected\./m);
  const safe = keyed('https://example.org/fanlight');
  assert.equal(safe.status, 0, safe.stderr);
  assert.doesNotMatch(safe.stderr, /Warning/);
});

test('a package that was published is not replaced by another of its version', () => {
  const other = repacked(deb, { Version: version }, scratch, { 'usr/share/doc/fanlight/copyright': '\n' });
  const { status, stderr } = publish('--out', published, '--key-folder', keys, other);
  assert.equal(status, 69);
  assert.match(stderr, /is in '.*' already, and is another one: raise the version/);
});

test('a repository is not signed by another key than the one that its devices trust', () => {
  const { status, stderr } = publish('--out', published, '--key-folder', path.join(scratch, 'other-keys'), deb);
  assert.equal(status, 69);
  assert.match(stderr, /is signed by '[0-9A-F]{40}', which its devices trust, and not by '[0-9A-F]{40}'/);
});

/** GnuPG's own, empty, until the test ends. @param {import('node:test').TestContext} t @returns {string} its folder */
function personsKeyring(t) {
  const keyring = mkdtempSync(path.join(scratch, 'keyring-'));
  process.env.GNUPGHOME = keyring;
  t.after(() => {
    execFileSync('gpgconf', ['--homedir', keyring, '--kill', 'all']);
    delete process.env.GNUPGHOME;
  });
  return keyring;
}

test('a key of the person’s own keyring signs, and no other is made', (t) => {
  personsKeyring(t);
  execFileSync('gpg', ['--batch', '--quiet', '--passphrase', '', '--quick-generate-key', 'Releases <releases@example.org>', 'ed25519', 'sign'], { stdio: 'pipe' });
  const folder = path.join(scratch, 'own-key');
  const { status, stdout, stderr } = publish('--out', folder, '--key', 'releases@example.org', deb);
  assert.equal(status, 0, stderr);
  assert.doesNotMatch(stderr, /A new key/);
  execFileSync('gpgv', ['--keyring', path.join(folder, 'fanlight.gpg'), path.join(folder, 'dists', codename, 'InRelease')], { stdio: 'pipe' });
  const listed = execFileSync('gpg', ['--with-colons', '--list-secret-keys'], { encoding: 'utf8' });
  assert.deepEqual([...listed.matchAll(/^fpr:+([0-9A-F]{40}):$/gm)].map(([, one]) => stdout.includes(one)), [true]);
});

test('where it cannot be signed, what is served is as it was', (t) => {
  const keyring = personsKeyring(t);
  execFileSync('gpg', ['--batch', '--quiet', '--passphrase', '', '--quick-generate-key', 'releases@example.org', 'ed25519', 'sign', '1y'], { stdio: 'pipe' });
  const folder = path.join(scratch, 'expired');
  const sign = (/** @type {string} */ one) => publish('--out', folder, '--key', 'releases@example.org', one);
  const first = sign(deb);
  assert.equal(first.status, 0, first.stderr);
  const served = contents(folder);

  writeFileSync(path.join(keyring, 'gpg.conf'), 'faked-system-time 20990101T000000\n');
  const newer = repacked(deb, { Version: '0.3.0~deb12' }, scratch);
  const second = sign(newer);
  assert.equal(second.status, 70, second.stderr);
  assert.match(second.stderr, /'.*' could not be signed; what is served from it is as it was$/m);
  assert.deepEqual(contents(folder), served);

  rmSync(path.join(keyring, 'gpg.conf'));
  const third = sign(newer);
  assert.equal(third.status, 0, third.stderr);
  assert.match(readFileSync(path.join(folder, 'dists', codename, 'main', `binary-${architecture}`, 'Packages'), 'utf8'), /^Version: 0\.3\.0~deb12$/m);
});

test('what is wrong with the arguments is said, and nothing is made', () => {
  const out = path.join(scratch, 'none');
  for (const [options, word] of /** @type {[string[], RegExp][]} */ ([
    [['--out', out], /--url '' is no address of a folder/],
    [['--url', 'example.org', '--out', out], /--url 'example\.org' is no address/],
    [['--url', server.url, '--out', out, '--key', 'a', '--key-folder', 'b'], /two ways to name one key/],
    [['--url', server.url, '--out', out, '--key-folder', path.join(repository, 'build/keys'), deb], /is in the checkout/],
    [['--url', server.url, '--out', out, '--colour'], /unknown option '--colour'/],
  ])) {
    const { status, stderr } = release(...options);
    assert.equal(status, 64, stderr);
    assert.match(stderr, word);
  }
  assert.ok(!existsSync(out));
});
