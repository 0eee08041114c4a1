import { describe, expect, it } from 'vitest';
import { readFrame } from './jtt';

const bytes = (hex: string) => Uint8Array.from(hex.replace(/\s/g, '').match(/../g)!, (b) => Number.parseInt(b, 16));
const said = (hex: string) => Object.fromEntries(readFrame(bytes(hex))!.pieces.map((p) => [p.name, p.value]));

describe('frames of JT/T 808', () => {
  const POSITION = '7E0200402201000000000199000000020002000000020000000301BFB548063EC91001F401C70000260303101500010400004E25247E';

  it('are read with the header of 2019 and the body of a position', () => {
    expect(said(POSITION)).toEqual({
      message: '0x0200', length: '34', version: '1', terminal: '19900000002', serial: '2', alarm: '0x00000002', status: '0x00000003',
      latitude: '29.341000°', longitude: '104.778000°', altitude: '500 m', speed: '45.5 km/h', direction: '0°', time: '2026-03-03 10:15:00',
      checksum: '0x24 ✓',
    });
  });

  it('say where each piece stands', () => {
    expect(readFrame(bytes(POSITION))!.pieces[3]).toEqual({ name: 'terminal', at: 5, length: 10, value: '19900000002' });
  });

  it('show a checksum that is wrong beside the right one, and end where a frame is cut', () => {
    expect(said(POSITION.replace('247E', '257E')).checksum).toBe('0x25 ≠ 0x24');
    expect(said('7E02004022')).toMatchObject({ message: '0x0200' });
    expect(readFrame(bytes('7E'))!.pieces).toEqual([]);
  });

  it('are known without the marks around them too, with the positions that came together', () => {
    const bare = '070400530199080800340021000201' + '0026'
      + '0000000000000003' + '01B70C9C063C9C1601F400FF0140' + '261127141315' + '01040034FBF702020' + '19A' + '0026'
      + '0000000000000003' + '01B70F80063C994301F401020140' + '261127141330' + '01040034FBF802020' + '19A';
    const sum = bytes(bare).reduce((x, b) => x ^ b, 0).toString(16).padStart(2, '0');
    const pieces = readFrame(bytes(bare + sum))!.pieces;
    expect(pieces.filter((p) => p.name === 'position').map((p) => p.value)).toEqual([
      '2026-11-27 14:13:15 · 28.773532° 104.635414° · 25.5 km/h', '2026-11-27 14:13:30 · 28.774272° 104.634691° · 25.8 km/h']);
    expect(pieces.at(-1)!.value).toContain('✓');
    expect(readFrame(bytes(bare + (Number.parseInt(sum, 16) ^ 1).toString(16).padStart(2, '0')))).toBeNull();
  });

  it('take escapes back before they are read', () => {
    expect(readFrame(bytes('7E0002000001307D0130303030307D020000007E'))!.plain.slice(4, 12)).toEqual(bytes('01307d30303030307e'.slice(0, 16)));
  });
});

describe('frames of JT/T 809', () => {
  it('are read with the vehicle and the message within', () => {
    expect(said('5B0000005A02000000021200030A59D10100000000000000B4A84130303030310000000000000000000000000001120200000024'
      + '00020307EA091E0F0633EAC701D3D386002A002A00003039005A0201F900000003000000002A7F5D')).toEqual({
      length: '90', serial: '2', message: '0x1200', centre: '51010001', version: '1.0.0', encrypted: '0', key: '0', vehicle: '川A00001',
      colour: '1', sub: '0x1202', checksum: '0x2A7F ✓',
    });
  });
});

it('anything else is no frame', () => expect(readFrame(bytes('4D5348'))).toBeNull());
