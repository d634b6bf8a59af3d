/** A reading process that never comes up. */
process.exit(1);
