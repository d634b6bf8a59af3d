/**
 * The work, unless it takes longer than this. What goes on behind is not undone: a platform that is
 * not answered delivers again, and what was kept meanwhile is known by its id.
 *
 * @throws what the work throws, or an error that says it takes too long
 */
export async function withinPatience<T>(work: Promise<T>, patienceMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the commit takes too long')), patienceMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
