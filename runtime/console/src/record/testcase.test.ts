import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Flow, Unit } from '../api/client';
import { caseSettings, settingsLines, unitsFile } from './caseSettings';
import { caseFiles, replaced } from './testcase';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const schemaOf = (plugin: string) => JSON.parse(readFileSync(join(ROOT, 'plugins', plugin, 'hub/settings.schema.json'), 'utf8')) as object;
const UNITS = [
  ['510000', '四川省', 'PROVINCE', null], ['510100', '成都市', 'CITY', '510000'], ['510104', '锦江区', 'COUNTY', '510100'],
  ['510104-H01', '成都市锦江区示范医院', 'INSTITUTION', '510104'], ['510107', '武侯区', 'COUNTY', '510100'],
  ['510107-H02', '武侯区示范医院', 'INSTITUTION', '510107'],
].map(([code, name, level, parent]) => ({ code, name, nameEn: '', level, parent, tags: [] }) as unknown as Unit);
const WRITTEN = {
  listen: { host: '10.20.30.40', port: 2580, tls: { certificate: '/etc/yuzui/his.pem', key: '/etc/yuzui/his.key' } },
  inbox: '/data/in/his', charset: 'GB18030', maxConnections: 500, pseudonymKey: '***',
  send: { emr: { host: 'emr.example', port: 2576, contract: 'his.visit.v1', application: 'EMR' } },
  facilities: { SCSY: { unit: '510104-H01' }, WHYY: { unit: '510107-H02', beds: 300 } },
};
const MESSAGE = [
  'MSH|^~\\&|HIS|WHYY|HUB|JGSWJ|20260302083000||ADT^A01^ADT_A01|EX-C01|P|2.4|||AL|AL|CHN|UNICODE UTF-8',
  'EVN|A01|20260302083000',
  'PID|1||ZY20260301^^^HIS^PI~510104199001010019^^^GA^NNCHN||测试^一号^^^^^L||19900101|M|||示例路1号^^成都市^四川省^610000^CHN^H||^PRN^PH^^^028^00000000',
  'PV1|1|I|020116&呼吸与危重症医学科^^45|1|||D001^王医师||||||||||||ZY20260301|||||||||||||||||||||||||20260302083000|',
].join('\r') + '\r';
const RECORD = {
  unit: '510107-H02', visit: 'ZY20260301', event: 'A01', eventAt: '2026-03-02T08:30:00+08:00', eventDay: '2026-03-02', class: 'inpatient', inHouse: true,
  department: { code: '020116', name: '呼吸与危重症医学科' }, bed: '45', patient: { gender: 'M', birthYear: 1990, name: '测***', idNumber: '510104************' },
};
const FLOW = {
  id: '0cfff0e7-4a28-86fc-a5f7-b924e331b227', status: 'DELIVERED', contract: 'his.visit.v1', key: '510107-H02|ZY20260301', unit: '510107-H02', plugin: 'his',
  source: 'mllp 10.1.2.3 WHYY', sourceType: 'ADT^A01', sourceId: 'EX-C01', causeCode: null,
} as unknown as Flow;

describe('the settings that a case takes along', () => {
  it('are those by which its message was taken, without secrets, addresses, folders and files', () => {
    const taken = caseSettings(schemaOf('his'), WRITTEN, MESSAGE);
    expect(taken).toEqual({
      settings: { charset: 'GB18030', maxConnections: 500, facilities: { WHYY: { unit: '510107-H02', beds: 300 } } },
      left: ['listen.tls.certificate', 'listen.tls.key', 'pseudonymKey'],
    });
    expect(settingsLines({ settings: { charset: 'GBK' }, left: ['pseudonymKey'] }))
      .toEqual(['settings: {\n    "charset": "GBK"\n  }', '# set at the hub, and not taken along: pseudonymKey']);
  });

  it('have a made-up text where a plugin does not start without a secret', () => expect(caseSettings(schemaOf('energy'), {
    charging: { host: '0.0.0.0', operators: { '123456789': { secret: '***', dataSecret: '***', dataSecretIv: '***', sigSecret: '***' }, '987654321': { secret: '***' } } },
    meters: { E1: { unit: '510104-G01', kind: 'electricity', host: '10.9.9.9', port: 8899, protocol: 'dlt645', address: '000022204546' } },
  }, 'Operator 123456789 of E1').settings).toEqual({
    charging: { operators: { '123456789': { secret: expect.stringMatching(/^made-up/), dataSecret: expect.any(String), dataSecretIv: expect.any(String), sigSecret: expect.any(String) } } },
  }));

  it('hold nothing that the hub filled in from elsewhere, and no line to another system', () => {
    expect(caseSettings(schemaOf('hr'), {
      rosters: { jinjiang: { unit: '510104-F01', creditCode: '${env:CREDIT}' } }, codes: 'codes/gb.yaml',
      databases: { jinjiang: { url: 'jdbc:postgresql://10.1.1.1/hr', user: 'u', password: '***', query: 'q', watermark: 'w', unit: '510104-F01' } },
    }, 'jinjiang_2026-03-02.csv')).toEqual({ settings: { rosters: { jinjiang: { unit: '510104-F01' } } }, left: ['rosters.jinjiang.creditCode', 'codes'] });
  });
});

it('units are those that a case speaks of, with all above them', () => {
  expect(unitsFile(UNITS, '{"unit":"510107-H02"}')).toBe(
    'code,name,level,parent\n510000,四川省,province,\n510100,成都市,city,510000\n510107,武侯区,county,510100\n510107-H02,武侯区示范医院,institution,510107\n');
  expect(unitsFile(UNITS, 'id 510104199001010019')).toBeNull();
});

it('a call says by which door it came', () => {
  const files = caseFiles({ flow: { ...FLOW, sourceType: 'POST /v1/visits' }, given: '{}', ending: 'json', published: [] });
  expect(files['case.yaml']).toContain('door: http\nto: "/v1/visits"\n');
});

/** What this makes lies among the cases of the HIS plugin, whose tests run them: so what the console gives passes. */
it('a record of a hospital that nobody else has becomes a case that passes elsewhere', () => {
  const files = caseFiles({
    flow: FLOW, given: replaced(MESSAGE), arrived: MESSAGE, ending: 'hl7', units: UNITS, settings: { schema: schemaOf('his'), written: WRITTEN },
    published: [{ contract: 'his.visit.v1', content: JSON.stringify(RECORD), maskedFields: ['/patient/name', '/patient/idNumber'] }],
  });
  const folder = join(ROOT, 'plugins/his/examples/copied-by-the-console');
  expect(files).toEqual(Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')])));
});
