import { BlockList, isIP } from 'node:net';

/** Addresses that are not of the public Internet. Source: IANA special-purpose address registries, 2025. */
const PRIVATE_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
/** Of IPv6 only 2000::/3 is public, less these. */
const PRIVATE_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

function listOf(ranges: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', bits] = range.split('/');
    list.addSubnet(network, Number(bits), family);
  }
  return list;
}

const privateV4 = listOf(PRIVATE_V4, 'ipv4');
const privateV6 = listOf(PRIVATE_V6, 'ipv6');
const globalV6 = listOf(['2000::/3'], 'ipv6');
const mappedV4 = listOf(['::ffff:0:0/96'], 'ipv6');

/** True for an address that anybody on the Internet may have; an IPv4 address within IPv6 is judged as itself. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !privateV4.check(address, 'ipv4');
  if (family !== 6) return false;
  // The block list of Node reads an IPv4 address within IPv6 by its IPv4 rules.
  if (mappedV4.check(address, 'ipv6')) return !privateV4.check(address, 'ipv6');
  return globalV6.check(address, 'ipv6') && !privateV6.check(address, 'ipv6');
}
