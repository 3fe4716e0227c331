import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, type Person, type Place, type Request } from '../../src/access/decide.ts';
import { DEFAULT_POLICY, FEATURES, type Grant, type Policy } from '../../src/access/policy.ts';
import { denialText } from '../../src/access/wording.ts';

const ESSENTIALS = ['SNU', 'TB-Derivatives', 'UPC'];
const member: Person = { id: 'U1', standing: 'member', groups: [] };
const own: Place = { id: 'C1', kind: 'own' };

function asked(request: Partial<Request> = {}): Request {
  return { user: member, channel: own, essential: null, feature: 'ask', ...request };
}
function policy(parts: Partial<Policy>): Policy {
  return { ...DEFAULT_POLICY, ...parts };
}
const only = (...essentials: string[]): Grant => ({ essentials, features: '*' });
const allowed = (rules: Policy, request: Partial<Request>) => decide(rules, asked(request)).allowed;
const why = (rules: Policy, request: Partial<Request>) => {
  const decision = decide(rules, asked(request));
  return decision.allowed ? null : decision.denied;
};

const grants = fc.record<Grant>({
  essentials: fc.oneof(fc.constant<'*'>('*'), fc.subarray(ESSENTIALS)),
  features: fc.oneof(fc.constant<'*'>('*'), fc.subarray([...FEATURES])),
});
const policies = fc.record({
  channels: fc.dictionary(fc.constantFrom('C1', 'C2', '*'), grants),
  users: fc.dictionary(fc.constantFrom('U1', 'U2', '*'), grants),
  groups: fc.dictionary(fc.constantFrom('S1', 'S2'), grants),
});
const requests = fc.record<Request & { user: Person }>({
  user: fc.record<Person>({
    id: fc.constantFrom('U1', 'U2', 'U3'),
    standing: fc.constantFrom('member', 'guest', 'stranger', 'bot', 'unknown'),
    groups: fc.oneof(fc.constant(null), fc.subarray(['S1', 'S2'])),
  }),
  channel: fc.record<Place>({
    id: fc.constantFrom('C1', 'C2', 'C3'),
    kind: fc.constantFrom('direct', 'own', 'shared', 'unknown'),
  }),
  essential: fc.constantFrom(null, ...ESSENTIALS),
  feature: fc.constantFrom(...FEATURES),
});

describe('where nothing is configured', () => {
  it('members may everything in channels of the workspace and in direct messages', () => {
    for (const feature of FEATURES) {
      for (const essential of [null, ...ESSENTIALS]) {
        expect(allowed(DEFAULT_POLICY, { feature, essential })).toBe(true);
        expect(allowed(DEFAULT_POLICY, { feature, essential, channel: { id: 'D1', kind: 'direct' } })).toBe(true);
      }
    }
  });

  it.each(['guest', 'stranger', 'bot', 'unknown'] as const)('a %s gets nothing, wherever', (standing) => {
    fc.assert(
      fc.property(requests, (request) => {
        const user = { ...request.user, standing };
        expect(decide(DEFAULT_POLICY, { ...request, user })).toEqual({
          allowed: false,
          denied: standing,
          whom: 'whoever runs SENTRY here',
        });
      }),
    );
  });

  it.each([
    ['shared', 'shared_channel'],
    ['unknown', 'unknown'],
  ] as const)('nobody gets anything in a channel that is %s', (kind, denied) => {
    expect(why(DEFAULT_POLICY, { channel: { id: 'C1', kind } })).toBe(denied);
  });
});

describe('whatever is configured', () => {
  it('a channel that is shared, or not known not to be, stays closed unless it is named itself', () => {
    fc.assert(
      fc.property(
        policies,
        requests,
        fc.constantFrom('shared' as const, 'unknown' as const),
        (parts, request, kind) => {
          const channel = { ...request.channel, kind };
          fc.pre(!Object.hasOwn(parts.channels, channel.id));
          expect(decide(policy(parts), { ...request, channel }).allowed).toBe(false);
        },
      ),
    );
  });

  it('guests, strangers, bots and people who are not known get nothing unless they are named themselves', () => {
    fc.assert(
      fc.property(policies, requests, (parts, request) => {
        fc.pre(request.user.standing !== 'member' && !Object.hasOwn(parts.users, request.user.id));
        expect(decide(policy(parts), request).allowed).toBe(false);
      }),
    );
  });

  it('nobody sees in a channel what nobody may see there', () => {
    fc.assert(
      fc.property(policies, requests, (parts, request) => {
        const { channel, essential, feature } = request;
        fc.pre(channel.kind !== 'direct' && essential !== null && Object.hasOwn(parts.channels, channel.id));
        const grant = parts.channels[channel.id] as Grant;
        const open =
          (grant.essentials === '*' || grant.essentials.includes(essential)) &&
          (grant.features === '*' || grant.features.includes(feature));
        if (!open) expect(decide(policy(parts), request).allowed).toBe(false);
      }),
    );
  });

  it('asking about no essential in particular is allowed just when some essential is', () => {
    const named = fc.record({ ...{ essentials: fc.subarray(ESSENTIALS) }, features: fc.constant<'*'>('*') });
    const lists = fc.record({
      channels: fc.dictionary(fc.constantFrom('C1', '*'), named),
      users: fc.dictionary(fc.constantFrom('U1', '*'), named),
      groups: fc.dictionary(fc.constantFrom('S1', 'S2'), named),
    });
    fc.assert(
      fc.property(lists, requests, (parts, request) => {
        const rules = policy(parts);
        const some = [...ESSENTIALS, 'ANOTHER'].some((essential) => decide(rules, { ...request, essential }).allowed);
        expect(decide(rules, { ...request, essential: null }).allowed).toBe(some);
      }),
    );
  });

  it('taking something away from an entry never allows more', () => {
    fc.assert(
      fc.property(policies, requests, fc.constantFrom(...ESSENTIALS), (parts, request, lost) => {
        const cut = (entries: Record<string, Grant>) =>
          Object.fromEntries(
            Object.entries(entries).map(([id, grant]) => {
              const from = grant.essentials === '*' ? ESSENTIALS : grant.essentials;
              return [id, { ...grant, essentials: from.filter((essential) => essential !== lost) }];
            }),
          );
        const less = { channels: cut(parts.channels), users: cut(parts.users), groups: cut(parts.groups) };
        if (decide(policy(less), request).allowed) expect(decide(policy(parts), request).allowed).toBe(true);
      }),
    );
  });
});

describe('the narrowest entry', () => {
  it("is the channel's own before the one for all others", () => {
    const rules = policy({ channels: { C1: only('SNU'), '*': only('UPC') } });
    expect(allowed(rules, { essential: 'SNU' })).toBe(true);
    expect(why(rules, { essential: 'UPC' })).toBe('channel');
    expect(allowed(rules, { essential: 'UPC', channel: { id: 'C2', kind: 'own' } })).toBe(true);
  });

  it("is the person's own, then those of the groups together, then the one for all others", () => {
    const rules = policy({
      users: { U1: only('SNU'), '*': only() },
      groups: { S1: only('UPC'), S2: only('TB-Derivatives') },
    });
    const groups = ['S1', 'S2'];
    expect(why(rules, { essential: 'UPC', user: { ...member, groups } })).toBe('person');
    expect(allowed(rules, { essential: 'UPC', user: { ...member, id: 'U2', groups } })).toBe(true);
    expect(allowed(rules, { essential: 'TB-Derivatives', user: { ...member, id: 'U2', groups } })).toBe(true);
    expect(why(rules, { user: { ...member, id: 'U3' } })).toBe('person');
  });

  it('lets a guest and a shared channel in where both are named', () => {
    const guest: Person = { id: 'U9', standing: 'stranger', groups: [] };
    const shared: Place = { id: 'C9', kind: 'shared' };
    const rules = policy({ channels: { C9: only('SNU') }, users: { U9: only('SNU', 'UPC') } });
    expect(allowed(rules, { user: guest, channel: shared, essential: 'SNU' })).toBe(true);
    expect(why(rules, { user: guest, channel: shared, essential: 'UPC' })).toBe('channel');
    expect(allowed(rules, { user: member, channel: shared, essential: 'SNU' })).toBe(true);
    expect(why(rules, { user: { ...guest, id: 'U8' }, channel: shared, essential: 'SNU' })).toBe('stranger');
  });

  it('is not guessed where the groups could not be read', () => {
    const unread = { ...member, groups: null };
    expect(allowed(DEFAULT_POLICY, { user: unread })).toBe(true);
    expect(why(policy({ groups: { S1: only('SNU') } }), { user: unread })).toBe('unknown');
  });
});

it('asks about the channel alone for what the settings say', () => {
  const rules = policy({ channels: { C1: only('SNU') }, users: { '*': only() } });
  expect(allowed(rules, { user: null, essential: 'SNU' })).toBe(true);
  expect(why(rules, { user: null, essential: 'UPC' })).toBe('channel');
  expect(why(rules, { user: null, channel: { id: 'C2', kind: 'shared' } })).toBe('shared_channel');
});

describe('a denial', () => {
  it('says what, why and whom to ask', () => {
    const rules = policy({ contact: 'the batch desk', channels: { C1: only('SNU') } });
    const about = { essential: 'UPC', feature: 'ask' as const };
    const decision = decide(rules, asked(about));
    expect(decision.allowed ? null : denialText(decision, about)).toBe(
      'UPC is not open in this channel. To change that, ask the batch desk.',
    );
  });
});
