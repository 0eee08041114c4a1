/** A piece of a frame that was read: what it is called, where it stands in the frame's plain bytes, and what it says. */
export type Piece = { name: PieceName; at: number; length: number; value: string };
export type PieceName = 'protocol' | 'message' | 'length' | 'encrypted' | 'split' | 'version' | 'terminal' | 'serial' | 'part' | 'alarm' | 'status'
  | 'latitude' | 'longitude' | 'altitude' | 'speed' | 'direction' | 'time' | 'checksum' | 'centre' | 'key' | 'vehicle' | 'colour' | 'sub' | 'count' | 'position';
export type Frame = {
  protocol: '808' | '809';
  /** The bytes between the marks, without escapes. */
  plain: Uint8Array;
  pieces: Piece[];
};

const hex = (n: number, digits: number) => `0x${n.toString(16).toUpperCase().padStart(digits, '0')}`;

/**
 * Takes the first frame of JT/T 808 (0x7e … 0x7e) or JT/T 809 (0x5b … 0x5d) apart, as far as its length allows; null when the
 * bytes are none. The checksum is worked out and compared, nothing else is judged. What is kept without the marks around it is a frame
 * when its length and its checksum say so.
 */
export function readFrame(bytes: Uint8Array): Frame | null {
  if (bytes[0] === 0x7e) return read808(plainOf(between(bytes, 0x7e), ESCAPES_808));
  if (bytes[0] === 0x5b) return read809(plainOf(between(bytes, 0x5d), ESCAPES_809));
  if (bytes.length < SHORTEST || bytes.length > LONGEST_BARE) return null;
  const as808 = plainOf(bytes, ESCAPES_808);
  if (fits808(as808)) return read808(as808);
  const as809 = plainOf(bytes, ESCAPES_809);
  return as809.length > 24 && hex(crc(as809.subarray(0, -2)), 4) === hex((as809.at(-2)! << 8) | as809.at(-1)!, 4) ? read809(as809) : null;
}

/** Of a frame without a body. */
const SHORTEST = 13;
/** Longer bytes without marks are no frame: working a checksum out over all of a large message would take long. */
const LONGEST_BARE = 64 * 1024;
const ESCAPES_808 = { 0x7d: { 0x01: 0x7d, 0x02: 0x7e } };
const ESCAPES_809 = { 0x5a: { 0x01: 0x5b, 0x02: 0x5a }, 0x5e: { 0x01: 0x5d, 0x02: 0x5e } };

function fits808(plain: Uint8Array): boolean {
  const properties = (plain[2]! << 8) | plain[3]!;
  const head = (properties & 0x4000 ? 17 : 12) + (properties & 0x2000 ? 4 : 0);
  return plain.length === head + (properties & 0x3ff) + 1 && plain.reduce((sum, b) => sum ^ b, 0) === 0;
}

function between(bytes: Uint8Array, end: number): Uint8Array {
  const stop = bytes.indexOf(end, 1);
  return bytes.subarray(1, stop < 0 ? bytes.length : stop);
}

function plainOf(inside: Uint8Array, escapes: Record<number, Record<number, number>>): Uint8Array {
  const plain: number[] = [];
  for (let i = 0; i < inside.length; i++) {
    const meant = escapes[inside[i]!]?.[inside[i + 1] ?? -1];
    plain.push(meant ?? inside[i]!);
    if (meant !== undefined) i++;
  }
  return Uint8Array.from(plain);
}

class Reader {
  readonly pieces: Piece[] = [];
  at = 0;
  private readonly view: DataView;

  constructor(readonly bytes: Uint8Array, readonly end: number) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  has(length: number) {
    return this.at + length <= this.end;
  }

  /** Reads so many bytes as a number, and says what it means; nothing when they are not there. */
  number(name: PieceName, length: 1 | 2 | 4, said: (n: number) => string = String): number | undefined {
    if (!this.has(length)) return undefined;
    const n = length === 1 ? this.view.getUint8(this.at) : length === 2 ? this.view.getUint16(this.at) : this.view.getUint32(this.at);
    this.put(name, length, said(n));
    return n;
  }

  digits(name: PieceName, length: number, said: (digits: string) => string = (d) => d) {
    if (!this.has(length)) return;
    this.put(name, length, said([...this.bytes.subarray(this.at, this.at + length)].map((b) => b.toString(16).padStart(2, '0')).join('')));
  }

  put(name: PieceName, length: number, value: string) {
    this.pieces.push({ name, at: this.at, length, value });
    this.at += length;
  }
}

function read808(plain: Uint8Array): Frame {
  const r = new Reader(plain, Math.max(0, plain.length - 1)); // the last byte is the checksum
  const message = r.number('message', 2, (n) => hex(n, 4));
  const properties = r.has(2) ? (plain[r.at]! << 8) | plain[r.at + 1]! : 0;
  const body = properties & 0x3ff;
  r.number('length', 2, () => String(body));
  if (properties & 0x1c00) r.pieces.push({ name: 'encrypted', at: r.at - 2, length: 2, value: String((properties >> 10) & 7) });
  const versioned = (properties & 0x4000) !== 0; // 2019: a version and ten bytes for the terminal
  if (versioned) r.number('version', 1);
  r.digits('terminal', versioned ? 10 : 6, (d) => d.replace(/^0+(?=\d)/, ''));
  r.number('serial', 2);
  if (properties & 0x2000 && r.has(4)) r.put('part', 4, `${(plain[r.at + 2]! << 8) | plain[r.at + 3]!}/${(plain[r.at]! << 8) | plain[r.at + 1]!}`);
  if (message === 0x0200 && (properties & 0x1c00) === 0) position(r);
  if (message === 0x0704 && (properties & 0x3c00) === 0) positions(r);
  checksum(r, plain, 1, () => hex(plain.subarray(0, -1).reduce((sum, b) => sum ^ b, 0), 2));
  return { protocol: '808', plain, pieces: r.pieces };
}

/** Positions that were kept while there was no line, a line each. */
function positions(r: Reader) {
  const count = r.number('count', 2) ?? 0;
  r.at += 1; // whether they are late or were sent together
  for (let i = 0; i < count && r.has(2); i++) {
    const length = (r.bytes[r.at]! << 8) | r.bytes[r.at + 1]!;
    const one = new Reader(r.bytes.subarray(r.at + 2, Math.min(r.end, r.at + 2 + length)), Math.min(length, r.end - r.at - 2));
    position(one);
    const said = (name: PieceName) => one.pieces.find((p) => p.name === name)?.value;
    r.put('position', length + 2, [said('time'), [said('latitude'), said('longitude')].join(' '), said('speed')].filter(Boolean).join(' · '));
  }
}

function position(r: Reader) {
  r.number('alarm', 4, (n) => hex(n, 8));
  const status = r.number('status', 4, (n) => hex(n, 8)) ?? 0;
  const degrees = (negative: boolean) => (n: number) => `${negative ? '-' : ''}${(n / 1e6).toFixed(6)}°`;
  r.number('latitude', 4, degrees((status & 4) !== 0));
  r.number('longitude', 4, degrees((status & 8) !== 0));
  r.number('altitude', 2, (n) => `${n} m`);
  r.number('speed', 2, (n) => `${n / 10} km/h`);
  r.number('direction', 2, (n) => `${n}°`);
  r.digits('time', 6, (d) => d.replace(/^(..)(..)(..)(..)(..)(..)$/, '20$1-$2-$3 $4:$5:$6'));
}

function read809(plain: Uint8Array): Frame {
  const r = new Reader(plain, Math.max(0, plain.length - 2)); // the last two are the checksum
  const length = r.number('length', 4);
  r.number('serial', 4);
  const message = r.number('message', 2, (n) => hex(n, 4));
  r.number('centre', 4);
  if (r.has(3)) r.put('version', 3, [...plain.subarray(r.at, r.at + 3)].join('.'));
  const encrypted = r.number('encrypted', 1);
  r.number('key', 4);
  // 2019 writes the time behind the key: its header is eight bytes longer, and a body of that message begins with a vehicle's sign
  if (length !== undefined && isTime(plain, r.at)) {
    const seconds = Number(new DataView(plain.buffer, plain.byteOffset + r.at, 8).getBigUint64(0));
    r.put('time', 8, new Date(seconds * 1000).toISOString());
  }
  if (message !== undefined && !encrypted && [0x1200, 0x1300, 0x1400, 0x1500, 0x1600, 0x9200, 0x9300, 0x9400, 0x9500].includes(message) && r.has(24)) {
    const sign = plain.subarray(r.at, r.at + 21);
    r.put('vehicle', 21, new TextDecoder('gb18030').decode(sign.subarray(0, sign.indexOf(0) < 0 ? 21 : sign.indexOf(0))));
    r.number('colour', 1);
    r.number('sub', 2, (n) => hex(n, 4));
  }
  checksum(r, plain, 2, () => hex(crc(plain.subarray(0, -2)), 4));
  return { protocol: '809', plain, pieces: r.pieces };
}

/** Seconds since 1970 in eight bytes, of a time in which such platforms are. */
function isTime(plain: Uint8Array, at: number): boolean {
  if (at + 8 > plain.length - 2) return false;
  const seconds = new DataView(plain.buffer, plain.byteOffset + at, 8).getBigUint64(0);
  return seconds > 1_400_000_000n && seconds < 4_200_000_000n;
}

function checksum(r: Reader, plain: Uint8Array, length: number, worked: () => string) {
  const at = plain.length - length;
  if (at < 1) return;
  const sent = hex([...plain.subarray(at)].reduce((n, b) => n * 256 + b, 0), length * 2);
  const meant = worked();
  r.pieces.push({ name: 'checksum', at, length, value: sent === meant ? `${sent} ✓` : `${sent} ≠ ${meant}` });
}

/** CRC-CCITT (0x1021, from 0xffff), as JT/T 809 asks for. */
function crc(bytes: Uint8Array): number {
  let sum = 0xffff;
  for (const b of bytes) {
    sum ^= b << 8;
    for (let i = 0; i < 8; i++) sum = sum & 0x8000 ? ((sum << 1) ^ 0x1021) & 0xffff : (sum << 1) & 0xffff;
  }
  return sum;
}
