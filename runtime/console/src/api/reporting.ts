import { queryOptions } from '@tanstack/react-query';
import { asIs, client, taken } from './client';
import type { components, paths } from './generated';

type Schemas = components['schemas'];
export type FormPeriod = Schemas['FormPeriod'];
export type ReportTable = Schemas['ReportTable'];
export type ReportRow = Schemas['ReportRow'];
export type Standing = Schemas['Standing'];
export type StandingState = Schemas['StandingState'];
export type Submission = Schemas['Submission'];
export type SubmissionDetail = Schemas['SubmissionDetail'];
export type SubmissionFailure = Schemas['SubmissionFailure'];
export type Review = Schemas['Review'];
export type ReviewReason = Schemas['ReviewReason'];
export type WaitingReview = Schemas['WaitingReview'];
export type Draft = Schemas['Draft'];
export type CellChange = Schemas['CellChange'];
export type Recount = Schemas['Recount'];
export type FormOverview = Schemas['FormOverview'];
export type OverviewCell = Schemas['OverviewCell'];
export type FormTrend = Schemas['FormTrend'];
export type Comparison = Schemas['Comparison'];
export type GroupTable = Schemas['GroupTable'];
export type Forecast = Schemas['Forecast'];
export type Dispute = Schemas['Dispute'];
export type Feedback = Schemas['Feedback'];
export type Values = Record<string, number>;
/** What is typed into an answer, as texts: numbers stay exact. */
export type Typed = Record<string, string>;

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const PERIOD = '/api/v1/reports/{form}/{period}';
const ANSWER = '/api/v1/submissions/{form}/{period}/{unit}';

/** One unit's answer: its form, period and unit. */
export type AnswerKey = { form: string; period: string; unit: string };

/** The calls of reporting. */
export const reporting = {
  table: (form: string, period: string, unit?: string) =>
    taken(client.GET(`${PERIOD}/table`, { params: { path: { form, period }, query: { unit } } })),
  formPeriod: (form: string, period: string) => taken(client.GET('/api/v1/forms/{form}/periods/{period}', { params: { path: { form, period } } })),
  recount: (form: string, period: string) => taken(client.POST(`${PERIOD}/recount`, { params: { path: { form, period } } })),
  /** The answers with the digests that they were signed with. */
  signed: (form: string, period: string, unit: string) =>
    taken(client.GET(`${PERIOD}/export`, { params: { path: { form, period }, query: { unit } } })) as unknown as Promise<SignedReport>,

  answer: (path: AnswerKey) => taken(client.GET(ANSWER, { params: { path } })),
  keep: (path: AnswerKey, values: Typed) => taken(client.PUT(`${ANSWER}/draft`, { params: { path }, body: { values } })),
  handIn: (path: AnswerKey, values: Typed, note: string) =>
    taken(client.POST(ANSWER, { params: { path }, body: { values, ...(note ? { note } : {}) } })),
  diff: (path: AnswerKey, from: number, to: number) => taken(client.GET(`${ANSWER}/diff`, { params: { path, query: { from, to } } })),
  handInFile: (file: File) => taken(client.POST('/api/v1/submission-files', {
    params: { query: {} }, headers: { 'Content-Type': /\.csv$/i.test(file.name) ? 'text/csv' : XLSX }, body: file as never, bodySerializer: asIs,
  })),
  accept: (path: AnswerKey, version: number, reviewer: string) =>
    taken(client.POST(`${ANSWER}/accept`, { params: { path }, body: { version, reviewer } })),
  giveBack: (path: AnswerKey, body: { version: number; reviewer: string; reasons: ReviewReason[]; workdays: number }) =>
    taken(client.POST(`${ANSWER}/return`, { params: { path }, body })),
  reviews: (unit: string) => taken(client.GET('/api/v1/reviews', { params: { query: { unit } } })),
  lock: (form: string, period: string, body: { unit: string; locked: boolean; reason: string }) =>
    taken(client.POST('/api/v1/forms/{form}/periods/{period}/locks', { params: { path: { form, period } }, body })),
  move: (form: string, period: string, reason: string) =>
    taken(client.POST('/api/v1/forms/{form}/periods/{period}/move', { params: { path: { form, period } }, body: { reason } })),
  importUnits: (chosen: File, name: string, check: boolean) => taken(client.POST('/api/v1/unit-files', {
    params: { query: { file: name, check } }, headers: { 'Content-Type': /\.csv$/i.test(chosen.name) ? 'text/csv' : XLSX }, body: chosen as never, bodySerializer: asIs,
  })),
  except: (form: string, period: string, body: ExceptionRequest) =>
    taken(client.POST('/api/v1/forms/{form}/periods/{period}/exceptions', { params: { path: { form, period } }, body })),
  overview: (form: string, query: { unit?: string | undefined; to?: string | undefined }) =>
    taken(client.GET('/api/v1/forms/{form}/overview', { params: { path: { form }, query } })),
  trend: (form: string, query: TrendQuery) => taken(client.GET('/api/v1/forms/{form}/trend', { params: { path: { form }, query } })),
  comparison: (form: string, period: string, unit: string | undefined, indicator: string) =>
    taken(client.GET(`${PERIOD}/comparison`, { params: { path: { form, period }, query: { unit, indicator } } })),
  groups: (form: string, period: string, unit: string | undefined, by: string) =>
    taken(client.GET(`${PERIOD}/groups`, { params: { path: { form, period }, query: { unit, by } } })),
  forecast: (form: string, period: string, unit?: string) =>
    taken(client.GET('/api/v1/forms/{form}/periods/{period}/forecast', { params: { path: { form, period }, query: { unit } } })),
  feedback: (form: string, period: string, unit: string) =>
    taken(client.GET('/api/v1/feedback/{form}/{period}', { params: { path: { form, period }, query: { unit } } })),
  dispute: (form: string, period: string, body: { unit: string; indicator: string; value?: string; reason: string }) =>
    taken(client.POST(`${PERIOD}/disputes`, { params: { path: { form, period } }, body })),
  disputes: (query: { unit?: string; form?: string; period?: string; answerer?: string }) =>
    taken(client.GET('/api/v1/disputes', { params: { query } })).then((a) => a.disputes),
  answerDispute: (id: number, decision: 'UPHELD' | 'REJECTED', reason: string) =>
    taken(client.POST('/api/v1/disputes/{id}/answer', { params: { path: { id } }, body: { decision, reason } })),
  withdrawDispute: (id: number) => taken(client.POST('/api/v1/disputes/{id}/withdraw', { params: { path: { id } }, body: {} })),
};

export type ExceptionRequest = paths['/api/v1/forms/{form}/periods/{period}/exceptions']['post'] extends { requestBody?: { content: { 'application/json': infer B } } } ? B : never;
export type TrendQuery = NonNullable<paths['/api/v1/forms/{form}/trend']['get']['parameters']['query']>;

/** As much of an exported report as the pages read. */
export type SignedReport = { digest: string; submissions: { unit: string; version: number; digest: string }[] };

/** Addresses of files, for links that save them. */
export const file = {
  template: ({ form, period, unit }: AnswerKey, as: 'xlsx' | 'csv') => `/api/v1/submissions/${form}/${period}/${unit}/template?as=${as}`,
  report: (form: string, period: string, unit: string | undefined, as: 'xlsx' | 'csv' | 'pdf' | 'json', language: string) =>
    `/api/v1/reports/${form}/${period}/export?${new URLSearchParams({ ...(unit ? { unit } : {}), as, language }).toString()}`,
};

/** Nobody tells of answers that come by hand: what is older is read again when a page asks for it. */
const FRESH = { staleTime: 5_000 };

/** What the pages of reporting read; all of it under one key, so that a deed makes all of it old. */
export const askReporting = {
  table: (form: string, period: string, unit?: string) =>
    queryOptions({ queryKey: ['reporting', 'table', form, period, unit], queryFn: () => reporting.table(form, period, unit), ...FRESH }),
  formPeriod: (form: string, period: string) =>
    queryOptions({ queryKey: ['reporting', 'period', form, period], queryFn: () => reporting.formPeriod(form, period), ...FRESH }),
  answer: (key: AnswerKey) =>
    queryOptions({ queryKey: ['reporting', 'answer', key.form, key.period, key.unit], queryFn: () => reporting.answer(key), ...FRESH }),
  diff: (key: AnswerKey, from: number, to: number) =>
    queryOptions({ queryKey: ['reporting', 'diff', key, from, to], queryFn: () => reporting.diff(key, from, to), staleTime: Infinity }),
  signed: (form: string, period: string, unit: string, version: number) =>
    queryOptions({ queryKey: ['reporting', 'signed', form, period, unit, version], queryFn: () => reporting.signed(form, period, unit), staleTime: Infinity }),
  overview: (form: string, unit: string | undefined, to: string | undefined) =>
    queryOptions({ queryKey: ['reporting', 'overview', form, unit, to], queryFn: () => reporting.overview(form, { unit, to }), ...FRESH }),
  trend: (form: string, query: TrendQuery) => queryOptions({ queryKey: ['reporting', 'trend', form, query], queryFn: () => reporting.trend(form, query), ...FRESH }),
  comparison: (form: string, period: string, unit: string | undefined, indicator: string) => queryOptions({
    queryKey: ['reporting', 'comparison', form, period, unit, indicator], queryFn: () => reporting.comparison(form, period, unit, indicator), ...FRESH,
  }),
  groups: (form: string, period: string, unit: string | undefined, by: string) =>
    queryOptions({ queryKey: ['reporting', 'groups', form, period, unit, by], queryFn: () => reporting.groups(form, period, unit, by), ...FRESH }),
  forecast: (form: string, period: string, unit?: string) =>
    queryOptions({ queryKey: ['reporting', 'forecast', form, period, unit], queryFn: () => reporting.forecast(form, period, unit), ...FRESH }),
  feedback: (form: string, period: string, unit: string) =>
    queryOptions({ queryKey: ['reporting', 'feedback', form, period, unit], queryFn: () => reporting.feedback(form, period, unit), ...FRESH }),
  disputes: (query: { unit?: string; form?: string; period?: string; answerer?: string }) =>
    queryOptions({ queryKey: ['reporting', 'disputes', query], queryFn: () => reporting.disputes(query), ...FRESH }),
  reviews: (unit: string) => queryOptions({ queryKey: ['reporting', 'reviews', unit], queryFn: () => reporting.reviews(unit), ...FRESH }),
};
