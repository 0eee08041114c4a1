import { describe, expect, it } from 'vitest';
import { placeOf } from './acts';

describe('what was done to something', () => {
  it.each([
    ['payload-unmask', '0cfff0e7-4a28-86fc-a5f7-b924e331b227/1', { to: 'record', id: '0cfff0e7-4a28-86fc-a5f7-b924e331b227' }],
    ['replay-start', '7', { to: 'replay', id: '7' }],
    ['plugin-stop', 'his', { to: 'plugin', id: 'his' }],
    ['route-stop', 'site/visits-to-csv', { to: 'plugin', id: 'site', route: 'visits-to-csv' }],
    ['schedule-run', 'his/daily-summary', { to: 'schedule', plugin: 'his', name: 'daily-summary' }],
    ['log-in', null, undefined],
    ['view-keep', 'Dead letters', undefined],
  ])('%s of %s is found', (act, object, place) => expect(placeOf({ act, object })).toEqual(place));
});
