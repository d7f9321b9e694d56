import type { Column, RoleAnswer } from '../../api/plan'
import type { Cell } from './Cell'

/** One field of the matrix with somebody to do something, as a line of a list. */
export interface Role {
  no: number
  actionId: string
  action: string
  /** Text of the 課題, '' when the action belongs to none. */
  need: string
  column: Column
  cell: Cell
  answer: RoleAnswer | undefined
}

const ACTIVE = ['lead', 'main', 'assist', 'watch', 'self', 'open']

/** Fields in which something is to be done. */
export const isRole = (c: Cell) => ACTIVE.includes(c.code)

interface Group {
  key: string
  roles: Role[]
}

/** 課題別: in the order of the rows; what belongs to no 課題 last. */
export function byNeed(roles: readonly Role[]): Group[] {
  const groups = gather(roles, r => r.need)
  return [...groups.filter(g => g.key), ...groups.filter(g => !g.key)]
}

/** 機関別: the own agency first, then in the order of the columns; within one the nearest term first. */
export function byAgency(roles: readonly Role[], columns: readonly Column[], own: string): Group[] {
  const order = [...columns].sort((a, b) => Number(b.id === own) - Number(a.id === own))
  return order
    .map(c => ({ key: c.id, roles: byTerm(roles.filter(r => r.column.id === c.id)) }))
    .filter(g => g.roles.length || g.key === own)
}

/** 期限順: what has none comes last. */
export function byTerm(roles: readonly Role[]): Role[] {
  return roles
    .map((r, i) => ({ r, i }))
    .sort((a, b) => (a.r.cell.due || '9').localeCompare(b.r.cell.due || '9') || a.i - b.i)
    .map(x => x.r)
}

function gather(roles: readonly Role[], key: (r: Role) => string): Group[] {
  const out: Group[] = []
  for (const r of roles) {
    const group = out.find(g => g.key === key(r))
    if (group) group.roles.push(r)
    else out.push({ key: key(r), roles: [r] })
  }
  return out
}
