# The assistant in a container. Its data lies in PostgreSQL (DATABASE_URL), or in /app/storage.
FROM node:24.21.0-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev
COPY . .
RUN node scripts/build-pages.ts && node scripts/build-scanner.ts && mkdir -p storage && chown node:node storage
USER node
EXPOSE 3978
VOLUME /app/storage
HEALTHCHECK --interval=10s --timeout=3s CMD node -e "fetch('http://127.0.0.1:' + (process.env.PORT || 3978) + '/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"
# Node itself, so that it hears SIGTERM and finishes what it holds.
CMD ["node", "src/main.ts"]
