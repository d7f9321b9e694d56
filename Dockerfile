# syntax=docker/dockerfile:1
FROM node:20-bookworm-slim AS client
WORKDIR /src/frontend
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY frontend ./
COPY docs/openapi.json ../docs/
RUN npm run build

FROM golang:1.26-bookworm AS server
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=client /src/frontend/dist frontend/dist
RUN CGO_ENABLED=0 go build -trimpath -tags dist -ldflags '-s -w' -o /kasane ./cmd/kasane

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=server /kasane /kasane
COPY --from=server --chown=nonroot:nonroot /tmp /data
USER nonroot
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["/kasane"]
CMD ["serve", "--addr", "0.0.0.0:8080", "--data", "/data"]
