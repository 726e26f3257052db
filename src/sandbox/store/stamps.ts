import { formatDate } from '../date-text.ts';

// Ecwid tells each time twice: as text and in UNIX seconds.

export function createdAt(now: Date): { createDate: string; createTimestamp: number } {
  return { createDate: formatDate(now), createTimestamp: Math.floor(now.getTime() / 1000) };
}

export function updatedAt(now: Date): { updateDate: string; updateTimestamp: number } {
  return { updateDate: formatDate(now), updateTimestamp: Math.floor(now.getTime() / 1000) };
}
