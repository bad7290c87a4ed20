import type { FileKind } from '@raccroche/contract';
import type { Reader } from '../reader.ts';
import { cfaEffectifsReader } from './cfa-effectifs.ts';
import { fregataCsvReader } from './fregata-csv.ts';
import { fregataJsonReader } from './fregata-json.ts';
import { inseeDeathsReader } from './insee-deaths.ts';
import { siecleXmlReader } from './siecle-xml.ts';
import { sygneDetailReader } from './sygne-detail.ts';
import { sygneListReader } from './sygne-list.ts';
import { sygneSchoolingsReader } from './sygne-schoolings.ts';

/** Kinds of the project's own format: read by intake itself, not by a sender's reader. */
export type InterchangeKind = Extract<FileKind, `interchange-${string}`>;
export type SenderKind = Exclude<FileKind, InterchangeKind>;

const READERS = {
  'siecle-xml': siecleXmlReader,
  'sygne-list': sygneListReader,
  'sygne-detail': sygneDetailReader,
  'sygne-schoolings': sygneSchoolingsReader,
  'fregata-json': fregataJsonReader,
  'fregata-csv': fregataCsvReader,
  'cfa-effectifs': cfaEffectifsReader,
  'insee-deces': inseeDeathsReader,
} as const satisfies Record<SenderKind, Reader>;

/** The reader of a sender's own format; undefined for the interchange kinds. */
export function findReader(kind: FileKind): Reader | undefined {
  const readers: Partial<Record<FileKind, Reader>> = READERS;
  return readers[kind];
}
