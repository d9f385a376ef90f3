package dev.gatehouse.config;

import static dev.gatehouse.config.Kind.ADDRESSES;
import static dev.gatehouse.config.Kind.AUTHORITIES;
import static dev.gatehouse.config.Kind.FILE;
import static dev.gatehouse.config.Kind.FLAG;
import static dev.gatehouse.config.Kind.HEADER;
import static dev.gatehouse.config.Kind.LIMIT;
import static dev.gatehouse.config.Kind.LOG;
import static dev.gatehouse.config.Kind.METHODS;
import static dev.gatehouse.config.Kind.NUMBER;
import static dev.gatehouse.config.Kind.SECRETS;
import static dev.gatehouse.config.Kind.SIZE;
import static dev.gatehouse.config.Kind.WORD;
import static dev.gatehouse.config.Owner.AUTH;
import static dev.gatehouse.config.Owner.EXCHANGE;
import static dev.gatehouse.config.Owner.GUARD;
import static dev.gatehouse.config.Owner.PROXY;
import static dev.gatehouse.config.Parameter.row;

import java.util.List;

/** What clients may do, what they get and who sees it. */
final class FrontParameters {
  static final List<Parameter> ROWS =
      List.of(
          row(
                  "proxy.guard.methods",
                  METHODS,
                  "GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS,QUERY",
                  "forwarded; others: 405, or 501 if unknown; `*`: all but CONNECT and TRACE")
              .of(GUARD),
          row(
                  "proxy.guard.paths",
                  WORD,
                  "strict",
                  "`strict`: paths that can be read in two ways are a 400; `pass`: byte for byte")
              .of(GUARD),
          row("proxy.guard.maxUriLength", SIZE, "8k", "of path and query; more: 414").of(GUARD),
          row("proxy.guard.maxHeaders", NUMBER, "100", "fields of a request; more: 431").of(GUARD),
          row(
              "proxy.limit.maxHeaderSize",
              SIZE,
              "32k",
              "all fields of a request; more: 431 (containers often take less)"),
          row(
              "proxy.limit.maxBodySize",
              LIMIT,
              "0",
              "of a request; more: 413; `0`: no bound, bodies are never kept"),
          row(
              "proxy.uri.encodedSlash",
              WORD,
              "reject",
              "`%2F` in a strict path: `reject` (400) or `pass`; the container may refuse it first"),
          row("proxy.auth.mode", WORD, "apiKey", "`apiKey`, or `none`: everyone may use the proxy")
              .of(AUTH),
          row("proxy.auth.apiKeyHeader", HEADER, "X-API-Key", "the field that carries the key")
              .of(AUTH),
          row(
                  "proxy.auth.apiKeys",
                  SECRETS,
                  "",
                  "`id:{sha256}hex` or `id:key`, with commas between them, or `_FILE`")
              .of(AUTH),
          row(
                  "proxy.auth.apiKeyFile",
                  FILE,
                  "",
                  "a file with one key a line, read again when it changes")
              .of(AUTH),
          row(
                  "proxy.auth.forwardHeader",
                  HEADER,
                  "X-Consumer-Id",
                  "the field that tells backends the key's id")
              .of(AUTH),
          row(
              "proxy.forwarded.mode",
              WORD,
              "x",
              "what backends get: `x` (X-Forwarded-*), `rfc7239`, `both`, `off`"),
          row(
                  "proxy.forwarded.trustedProxies",
                  ADDRESSES,
                  "",
                  "peers whose forwarding fields are believed, such as `10.0.0.0/8`")
              .of(EXCHANGE),
          row(
                  "proxy.backendHeader",
                  HEADER,
                  "X-Backend-Server",
                  "the response field that names the backend; `off`: none")
              .of(PROXY),
          row(
                  "proxy.rewrite.location",
                  FLAG,
                  "true",
                  "maps Location, Content-Location and Refresh at a backend to our own address")
              .alias("proxyPassReverse"),
          row(
              "proxy.rewrite.cookies",
              WORD,
              "off",
              "maps Set-Cookie from a backend's to our own: `path`, `domain`, `both` or `off`"),
          row(
              "proxy.requestIdHeader",
              HEADER,
              "X-Request-Id",
              "the field with a request's id, towards backends and clients; `off`: none"),
          row(
              "proxy.accessLog",
              LOG,
              "off",
              "a JSON line for each request: to a file, to the container's `log`, or `off`"),
          row(
              "proxy.status.access",
              WORD,
              "admin",
              "who sees `/_proxy/`: `admin` keys, `local` (and this machine), `off`"),
          row(
              "proxy.status.hosts",
              AUTHORITIES,
              "",
              "hosts, `ops.example` or `ops.example:8443`, at which `/_proxy/` is and nothing else;"
                  + " none: any host"));

  private FrontParameters() {}
}
