import { type JWTPayload, SignJWT } from 'jose';

export const secret = 'a secret of more than thirty-two bytes';
export const issuer = 'https://id.example';
export const audience = 'ecwid-graphql';

export const now = () => Math.floor(Date.now() / 1000);

/** Of a customer's good token, but for what is changed. */
export function claims(changes: JWTPayload = {}): JWTPayload {
  return { sub: '15319410', iss: issuer, aud: audience, exp: now() + 60, ...changes };
}

export function sign(payload: JWTPayload, algorithm = 'HS256', key: string = secret): Promise<string> {
  return new SignJWT(payload).setProtectedHeader({ alg: algorithm }).sign(new TextEncoder().encode(key));
}
