import type { StructureType } from '@raccroche/contract';

/** Who accompanies: invented structures, one file each. */
export interface Structure {
  readonly id: string;
  readonly type: StructureType;
  readonly name: string;
  /** Département of its public; undefined for the whole country. */
  readonly department: string | undefined;
}

export const STRUCTURES: readonly Structure[] = [
  { id: 'ML-59-A', type: 'mission_locale', name: 'Mission locale des Deux-Rives', department: '59' },
  { id: 'ML-59-B', type: 'mission_locale', name: 'Mission locale du Val-Fleuri', department: '59' },
  { id: 'ML-62-A', type: 'mission_locale', name: 'Mission locale des Sept-Vallons', department: '62' },
  { id: 'ML-80-A', type: 'mission_locale', name: 'Mission locale de la Grande-Baie', department: '80' },
  { id: 'ML-2A-A', type: 'mission_locale', name: 'Mission locale des Deux-Golfes', department: '2A' },
  { id: 'ML-974-A', type: 'mission_locale', name: 'Mission locale des Hauts', department: '974' },
  { id: 'ASC', type: 'service_civique', name: 'Service civique', department: undefined },
  { id: 'ARM', type: 'armee', name: 'Recrutement des armées', department: undefined },
  { id: 'E2C', type: 'e2c', name: 'École de la deuxième chance des Flandres', department: undefined },
  { id: 'EPI', type: 'epide', name: 'EPIDE du Nord', department: undefined },
  { id: 'FT', type: 'france_travail', name: 'France Travail', department: undefined },
];

/** The structures of one type that receive people of a département; those of elsewhere when there is none. */
export function structuresOf(type: StructureType, department: string): readonly Structure[] {
  const fitting = STRUCTURES.filter((structure) => structure.type === type);
  const near = fitting.filter(
    (structure) => structure.department === undefined || structure.department === department,
  );
  return near.length > 0 ? near : fitting;
}
