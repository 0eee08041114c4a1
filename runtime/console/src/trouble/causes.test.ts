import { describe, expect, it } from 'vitest';
import { causeIn, problemIn } from './causes';

describe('a cause in Chinese', () => {
  it.each([
    ['voucher-unbalanced', 'line 501 记账凭证: The file is refused whole, 1 finding: Voucher 记-5 of 2026-10: debit 17023.59 is not credit 17022.59. Correct it in the accounts and export again.',
      '第 501 行 记账凭证：整份被拒，共 1 处：2026-10 凭证 记-5 借方 17023.59 不等于贷方 17022.59。请在账务中改正后重新导出。'],
    ['charset', 'MSH-18: MSH-18 declares UNICODE UTF-8, but byte 167 (segment PID) is not UTF-8. Declare the charset that is sent in MSH-18, or set charset and ignoreDeclared for this facility.',
      'MSH-18 声明 UNICODE UTF-8，但第 167 个字节（PID 段）不是 UTF-8。请来源在 MSH-18 中如实声明，或为该机构设置 charset 与 ignoreDeclared。'],
    ['tries-used-up', 'It failed 3 times, at last: out/bureau/1-2.json: Not a directory', '已尝试 3 次，最后一次：out/bureau/1-2.json：不是文件夹'],
    ['checksum', 'properties: Something that nobody has a sentence for.', 'properties：校验码不符'],
    ['bad-day', '2096-01-01: 名册日期尚未到来，或年份有误。/ The roster\'s day has not come yet.', '2096-01-01: 名册日期尚未到来，或年份有误。'],
    ['bad-line', 'line 12: Nobody has a sentence for what this is.', '第 12 行：文件中有无法识别的行'],
    ['from-another-vendor', 'What that plugin says about it.', 'What that plugin says about it.'],
    ['tries-used-up', null, '多次重试仍未成功'],
  ])('%s', (code, cause, said) => expect(causeIn('zh', code, cause)).toBe(said));

  it('stays as it was said in English', () => expect(causeIn('en', 'charset', 'MSH-18: x')).toBe('MSH-18: x'));
});

describe('a problem in Chinese', () => {
  it('is said by its code, and as it was said behind that', () => expect(problemIn('zh', { code: 'bad-value', message: "'des' is not a cipher for what is kept.", cure: 'Write aes-gcm or sm4-gcm.' }))
    .toEqual({ said: '值不正确。', original: "'des' is not a cipher for what is kept. Write aes-gcm or sm4-gcm." }));

  it('is said whole where its sentences are known', () => expect(problemIn('zh', { code: 'unreachable', message: "The route 'send' can't reach tcp://10.0.0.7:9: Connection refused.",
    cure: 'It goes on by itself when that can be reached again; check the address, the line and the system there.' }))
    .toEqual({ said: '路由“send”无法连接 tcp://10.0.0.7:9：连接被拒绝。恢复可达后自动继续；请检查地址、线路和对方系统。', original: null }));

  it('stays as it was said in English, and where nothing is known of it', () => {
    const problem = { code: 'from-another-vendor', message: 'What that plugin says.', cure: null };
    expect(problemIn('zh', problem)).toEqual({ said: 'What that plugin says.', original: null });
    expect(problemIn('en', { ...problem, code: 'bad-value' })).toEqual({ said: 'What that plugin says.', original: null });
  });
});
