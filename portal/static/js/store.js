// What a reader has typed and not sent, kept in this browser alone, one consultation at a time.
// Storage may be switched off: then nothing is kept, and nothing breaks.

const key = (slug) => `radd:${slug}`;

export function load(slug) {
  try {
    return JSON.parse(localStorage.getItem(key(slug))) || null;
  } catch {
    return null;
  }
}

export function save(slug, kept) {
  try {
    localStorage.setItem(key(slug), JSON.stringify(kept));
  } catch {
    // Full or forbidden: the form itself still holds everything.
  }
}

export function forget(slug) {
  try {
    localStorage.removeItem(key(slug));
  } catch {
    // Nothing was kept.
  }
}

// How many comments have words in them.
export function unsent(kept) {
  const said = /^comments-(\d+)-(?:text|proposed)$/;
  const fields = Object.entries(kept || {}).filter(([, value]) => value);
  return new Set(fields.map(([name]) => said.exec(name)?.[1]).filter(Boolean)).size;
}
