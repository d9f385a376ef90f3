package dev.gatehouse.config;

import static dev.gatehouse.config.Kind.ADDRESSES;
import static dev.gatehouse.config.Kind.DURATION;
import static dev.gatehouse.config.Kind.FILE;
import static dev.gatehouse.config.Kind.FLAG;
import static dev.gatehouse.config.Kind.HEADER;
import static dev.gatehouse.config.Kind.HOST;
import static dev.gatehouse.config.Kind.LIMIT;
import static dev.gatehouse.config.Kind.LOG;
import static dev.gatehouse.config.Kind.METHODS;
import static dev.gatehouse.config.Kind.NAME;
import static dev.gatehouse.config.Kind.NUMBER;
import static dev.gatehouse.config.Kind.PATH;
import static dev.gatehouse.config.Kind.SECRET;
import static dev.gatehouse.config.Kind.SECRETS;
import static dev.gatehouse.config.Kind.SIZE;
import static dev.gatehouse.config.Kind.URLS;
import static dev.gatehouse.config.Kind.WORD;
import static dev.gatehouse.config.Kind.WORDS;
import static dev.gatehouse.config.Owner.AUTH;
import static dev.gatehouse.config.Owner.EXCHANGE;
import static dev.gatehouse.config.Owner.GUARD;
import static dev.gatehouse.config.Owner.PROXY;

import java.util.List;
import java.util.stream.Stream;

/** The one table of all parameters that there are: names, defaults and meanings. */
public final class Parameters {
  static final String CONFIG = "proxy.config";
  static final String INSTANCE = "proxy.instance";

  /** Those that there are once. An owner is named where the last word alone is clear there. */
  private static final List<Parameter> SINGLE =
      List.of(
          row(
              CONFIG,
              FILE,
              "",
              "a `.properties` file with more of these, outside the WAR or `/WEB-INF/...`"),
          row(
              INSTANCE,
              NAME,
              "",
              "this WAR's name among several: `proxy@name.x` then beats `proxy.x`"),
          row(
                  "proxy.backends",
                  URLS,
                  "",
                  "where to forward what no route is for, `url [weight=n] [id=x], ...`")
              .of(PROXY)
              .alias("proxyTo", "targetUri"),
          row(
                  "proxy.prefix",
                  PATH,
                  "",
                  "taken off the request's path; not set: the context path; `/`: nothing")
              .of(PROXY),
          row("proxy.preserveHost", FLAG, "false", "backends see the client's Host").of(PROXY),
          row("proxy.hostHeader", HOST, "", "the Host that backends see").of(PROXY),
          row(
                  "proxy.viaHost",
                  HOST,
                  "auto",
                  "our name in Via, by which loops are found (508); `auto`: `gatehouse-` and six"
                      + " random digits; `off`: no Via")
              .of(PROXY),
          row(
              "proxy.debug",
              FLAG,
              "false",
              "shows more and allows `tls.verify=none`; not for production"),
          row(
                  "proxy.upstream.connectTimeout",
                  DURATION,
                  "3s",
                  "until a backend accepts a connection")
              .of(PROXY)
              .alias("http.socket.timeout"),
          row(
                  "proxy.upstream.responseTimeout",
                  DURATION,
                  "60s",
                  "until the first byte of a response")
              .of(PROXY)
              .alias("http.read.timeout"),
          row(
                  "proxy.upstream.idleTimeout",
                  DURATION,
                  "60s",
                  "without a byte either way in an exchange")
              .of(PROXY),
          row(
                  "proxy.upstream.timeout",
                  DURATION,
                  "0",
                  "for a whole exchange; `0`: no bound, as long downloads need")
              .of(PROXY)
              .alias("timeout"),
          row("proxy.upstream.maxConnections", NUMBER, "256", "for each backend")
              .of(PROXY)
              .alias("http.maxConnections"),
          row(
                  "proxy.upstream.keepAliveTimeout",
                  DURATION,
                  "20s",
                  "an idle connection is kept; less than the backend keeps it")
              .of(PROXY),
          row("proxy.upstream.maxThreads", NUMBER, "64", "of the client's own pool").of(PROXY),
          row(
                  "proxy.upstream.selectors",
                  NUMBER,
                  "auto",
                  "threads that wait for the network; `auto`: half the processors")
              .of(PROXY),
          row(
                  "proxy.upstream.requestBufferSize",
                  SIZE,
                  "4k",
                  "for the head of a request to a backend")
              .of(PROXY),
          row(
                  "proxy.upstream.responseBufferSize",
                  SIZE,
                  "16k",
                  "for what is read from a backend at once")
              .of(PROXY),
          row(
                  "proxy.upstream.maxResponseHeadersSize",
                  SIZE,
                  "16k",
                  "a larger head of a response is a failure")
              .of(PROXY),
          row(
                  "proxy.tls.verify",
                  WORD,
                  "full",
                  "of a backend's certificate: `full`, `chain` (no name), `none` (in debug)")
              .of(PROXY),
          row("proxy.tls.trustStore", FILE, "", "PKCS12 or JKS file to trust instead of the JDK's")
              .of(PROXY),
          row(
                  "proxy.tls.trustStorePassword",
                  SECRET,
                  "",
                  "its password, or `_FILE` with the file that holds it")
              .of(PROXY),
          row("proxy.tls.caFile", FILE, "", "PEM certificates to trust instead of the JDK's")
              .of(PROXY),
          row(
                  "proxy.tls.keyStore",
                  FILE,
                  "",
                  "PKCS12 or JKS file with our certificate for backends")
              .of(PROXY),
          row(
                  "proxy.tls.keyStorePassword",
                  SECRET,
                  "",
                  "its password, or `_FILE` with the file that holds it")
              .of(PROXY),
          row(
                  "proxy.tls.serverName",
                  HOST,
                  "",
                  "asked for (SNI) and checked instead of the backend's host")
              .of(PROXY),
          row("proxy.tls.protocols", WORDS, "TLSv1.2,TLSv1.3", "versions offered to backends")
              .of(PROXY),
          row("proxy.lb.policy", WORD, "roundRobin", "how a backend is chosen: `roundRobin`"),
          row("proxy.health.path", PATH, "/", "asked for by health checks"),
          row(
                  "proxy.health.interval",
                  DURATION,
                  "1s",
                  "between two checks of a backend, 100ms or more")
              .alias("check_interval"),
          row(
              "proxy.health.timeout",
              DURATION,
              "1s",
              "a later answer is a failed check; at most the interval"),
          row(
                  "proxy.health.maxFailures",
                  NUMBER,
                  "3",
                  "failed checks in a row that take a backend out")
              .of(PROXY)
              .alias("max_failures"),
          row("proxy.health.minSuccesses", NUMBER, "1", "good checks in a row that bring it back")
              .of(PROXY),
          row(
                  "proxy.retry.maxRetries",
                  NUMBER,
                  "2",
                  "further backends tried for a request; `0`: none")
              .of(PROXY)
              .alias("max_retries"),
          row(
              "proxy.retry.on",
              WORDS,
              "connect,reset",
              "`connect`: no connection; `reset`: broken off without an answer"),
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
                  "maps a Location at a backend to our own address")
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
              "who sees `/_proxy/`: `admin` keys, `local` (and this machine), `off`"));

  /** In the order of the README. */
  public static final List<Parameter> ALL =
      Stream.concat(SINGLE.stream(), Families.ROWS.stream()).toList();

  private Parameters() {}

  /**
   * The parameter of this name, also one of a route or pool.
   *
   * @throws java.util.NoSuchElementException if there is no such parameter
   */
  static Parameter named(String name) {
    return SINGLE.stream()
        .filter(row -> row.name().equals(name))
        .findAny()
        .or(() -> Families.member(name))
        .orElseThrow();
  }

  private static Parameter row(String name, Kind kind, String defaultText, String meaning) {
    return new Parameter(name, kind, defaultText, meaning);
  }
}
