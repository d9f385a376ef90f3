package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionRouteTest {
  @ParameterizedTest(name = "{0} -> [{1}]")
  @CsvSource({"8A1F.node1, node1", "8.A1F.node1, node1", "8A1F, ''", "8A1F., ''", "'', ''"})
  void theRouteStandsBehindTheLastDot(String sessionId, String route) {
    assertThat(SessionRoute.of(sessionId)).isEqualTo(route);
  }

  @ParameterizedTest(name = "{0} -> [{1}]")
  @CsvSource({
    "/a;jsessionid=8.n1, 8.n1",
    "/a;jsessionid=8.n1/b, 8.n1",
    "/a;v=1;JSESSIONID=8.n1;w=2/b, 8.n1",
    "/a;v=1/b;jsessionid=8.n1, 8.n1",
    "/a;jsessionid=, ''",
    "/a;jsessionid, ''",
    "/a;jsessionids=8, ''",
    "/jsessionid=8, ''",
    "/a;, ''",
    "/, ''",
  })
  void aSessionIdMayBeInThePath(String path, String sessionId) {
    assertThat(SessionRoute.sessionId(path, "JSESSIONID")).isEqualTo(sessionId);
  }
}
