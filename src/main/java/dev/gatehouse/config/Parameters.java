package dev.gatehouse.config;

import static dev.gatehouse.config.Kind.DURATION;
import static dev.gatehouse.config.Kind.FILE;
import static dev.gatehouse.config.Kind.FLAG;
import static dev.gatehouse.config.Kind.HOST;
import static dev.gatehouse.config.Kind.NAME;
import static dev.gatehouse.config.Kind.PATH;
import static dev.gatehouse.config.Kind.URLS;
import static dev.gatehouse.config.Owner.PROXY;
import static dev.gatehouse.config.Parameter.row;

import java.util.List;
import java.util.stream.Stream;

/** The one table of all parameters that there are: names, defaults and meanings. */
public final class Parameters {
  static final String CONFIG = "proxy.config";
  static final String RELOAD = "proxy.configReload";
  static final String INSTANCE = "proxy.instance";

  /** An owner is named where the last word alone is clear there. */
  private static final List<Parameter> CORE =
      List.of(
          row(
              CONFIG,
              FILE,
              "",
              "a `.properties` file with more of these, outside the WAR or `/WEB-INF/...`"),
          row(
              RELOAD,
              DURATION,
              "5s",
              "between two looks at that file outside the WAR; backends of pools change at once;"
                  + " `0`: none"),
          row(
              INSTANCE,
              NAME,
              "",
              "this WAR's name among several: `proxy@name.x` then beats `proxy.x`"),
          row(
                  "proxy.backends",
                  URLS,
                  "",
                  "where to forward what no route is for, `url [weight=n] [id=x] [backup], ...`")
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
              "proxy.shutdownDelay",
              DURATION,
              "0",
              "before the end, `/_proxy/ready` is a 503 for so long, and requests are still taken"),
          row(
              "proxy.shutdownTimeout",
              DURATION,
              "10s",
              "then new requests get a 503, and those under way may take so long"),
          row(
              "proxy.debug",
              FLAG,
              "false",
              "shows more and allows `tls.verify=none`; not for production"));

  /** Those that there are once. */
  private static final List<Parameter> SINGLE =
      Stream.of(
              CORE,
              UpstreamParameters.ROWS,
              PoolParameters.ROWS,
              FrontParameters.ROWS,
              CacheParameters.ROWS)
          .flatMap(List::stream)
          .toList();

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
}
