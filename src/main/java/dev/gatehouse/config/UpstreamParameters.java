package dev.gatehouse.config;

import static dev.gatehouse.config.Kind.DURATION;
import static dev.gatehouse.config.Kind.FILE;
import static dev.gatehouse.config.Kind.HOST;
import static dev.gatehouse.config.Kind.NUMBER;
import static dev.gatehouse.config.Kind.PINS;
import static dev.gatehouse.config.Kind.SECRET;
import static dev.gatehouse.config.Kind.SIZE;
import static dev.gatehouse.config.Kind.WORD;
import static dev.gatehouse.config.Kind.WORDS;
import static dev.gatehouse.config.Owner.PROXY;
import static dev.gatehouse.config.Parameter.row;

import java.util.List;

/** How backends are reached: connections and TLS. */
final class UpstreamParameters {
  static final List<Parameter> ROWS =
      List.of(
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
                  "until a response begins, and again until its head is whole")
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
                  "of a backend's certificate: `full`, `chain` (no name), `pin` (only that its own"
                      + " key is in `tls.pins`), `none` (in debug)")
              .of(PROXY),
          row(
                  "proxy.tls.pins",
                  PINS,
                  "",
                  "keys of which the chain must have one: SHA-256 of the SubjectPublicKeyInfo, as"
                      + " `sha256/<base64>` or hex")
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
              .of(PROXY));

  private UpstreamParameters() {}
}
