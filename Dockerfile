# docker build -t wallet-checkup .
# docker run --rm --read-only -v "$PWD:/work:ro" -v wallet-checkup-cache:/cache -e MAINNET_RPC wallet-checkup check
FROM node:24-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm install --ignore-scripts --no-fund --no-audit
COPY . .
RUN node scripts/build.mjs && npm prune --omit=dev --ignore-scripts --no-fund --no-audit
# A new volume takes its owner from here.
RUN mkdir /cache && chown 65532:65532 /cache

# No shell, no package manager.
FROM gcr.io/distroless/nodejs24-debian12:nonroot
COPY --from=build /build/package.json /build/LICENSE /app/
COPY --from=build /build/node_modules /app/node_modules
COPY --from=build /build/dist /app/dist
COPY --from=build /build/fixtures/facts /app/fixtures/facts
COPY --from=build --chown=65532:65532 /cache /cache
ENV WALLET_CHECKUP_CACHE_DIR=/cache NODE_ENV=production
WORKDIR /work
USER 65532:65532
ENTRYPOINT ["/nodejs/bin/node", "/app/dist/cli.cjs"]
CMD ["--help"]
