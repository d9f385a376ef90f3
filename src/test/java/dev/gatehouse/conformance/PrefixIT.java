package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.Required.forwarded;
import static dev.gatehouse.conformance.Required.refused;
import static dev.gatehouse.conformance.Text.HOST;
import static dev.gatehouse.conformance.Text.head;

import dev.gatehouse.container.Gatehouse;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** C06: a prefix is taken off as whole segments, or nothing is forwarded. */
@ArquillianTest
@RunAsClient
@DisplayName("Catalogue C06: prefixes")
final class PrefixIT {
  private static Front front;

  @Deployment(name = Gatehouse.NAME, managed = false, testable = false)
  static WebArchive war() {
    return Gatehouse.war();
  }

  @BeforeAll
  static void deploy() {
    front = Front.deploy(Map.of("proxy.prefix", "/p"));
  }

  @AfterAll
  static void stop() {
    front.close();
  }

  static Stream<Row> rows() {
    Required none = refused(400, 404);
    return Stream.of(
        row("/p", forwarded("/", "")),
        row("/p?q", forwarded("/?q", "")),
        row("/p/", forwarded("/", "")),
        row("/p/x", forwarded("/x", "")),
        row("/p/p/x", forwarded("/p/x", "")),
        row("/pX", none),
        row("/P/x", none),
        row("/", none),
        row("/x/p/y", none),
        row("/p//x", refused(400)),
        row("//p/x", refused(400)),
        row("/p/..", none),
        row("/p/../x", none),
        row("/p/%2e%2e/x", none),
        row("/p/..;/x", none),
        row("/x/../p/y", none),
        row("/p;a/x", none),
        row("/p;a", none),
        row("/p%2Fx", none),
        row("/p%00/x", none),
        row("/p./x", none));
  }

  private static Row row(String target, Required required) {
    return Row.of("C06", target, head("GET " + target + " HTTP/1.1", HOST), required);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void onlyWholeSegmentsAreAPrefix(Row row) throws Exception {
    var unused = front.check(row);
  }
}
