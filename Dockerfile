# The light program: server, worker, migrate and the other sub-commands. PostgreSQL and Temporal are containers of their own.
FROM node:20-bookworm-slim AS web
WORKDIR /src/web
COPY web/package.json web/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY web ./
RUN npm run build

FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=web /src/web/dist ./web/dist
# docker build --build-arg COMMIT=$(git rev-parse --short=12 HEAD) --build-arg DATE=$(git log -1 --format=%cs)
ARG COMMIT="" DATE=""
ARG VERSION=github.com/parkway-zone/parkway/config
RUN CGO_ENABLED=0 go build -tags nodynamic -trimpath -buildvcs=false -ldflags="-s -w -X $VERSION.commit=$COMMIT -X $VERSION.date=$DATE" -o /parkway ./cmd/parkway

# A new volume takes owner and mode from the folder that it is mounted on.
RUN mkdir -p /empty

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /parkway /parkway
COPY --from=build --chown=65532:65532 --chmod=0700 /empty /files
COPY --from=build --chown=65532:65532 --chmod=0700 /empty /backups
EXPOSE 8080
ENTRYPOINT ["/parkway"]
