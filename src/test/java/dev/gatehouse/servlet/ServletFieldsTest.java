package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.Fields;
import dev.gatehouse.testkit.FakeRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServletFieldsTest {
  private final HttpServletRequest request =
      new FakeRequest("GET", "/a?b").with("A", "1").with("B", "2").with("A", "3").asRequest();

  @Test
  void allLinesAreThere() {
    assertThat(ServletFields.of(request)).isEqualTo(Fields.of("A", "1", "A", "3", "B", "2"));
  }

  @Test
  void otherFieldsTakeTheirPlaceAndNothingElseChanges() {
    Fields other = Fields.of("C", "1", "D", "2", "c", "3");
    HttpServletRequest with = ServletFields.with(request, other);
    assertThat(with.getHeader("c")).isEqualTo("1");
    assertThat(with.getHeader("A")).isNull();
    assertThat(Collections.list(with.getHeaders("C"))).containsExactly("1", "3");
    assertThat(Collections.list(with.getHeaders("A"))).isEmpty();
    assertThat(Collections.list(with.getHeaderNames())).containsExactly("C", "D");
    assertThat(ServletFields.of(with)).isSameAs(other);
    assertThat(with.getRequestURI()).isEqualTo("/a");
    assertThat(request.getHeader("A")).isEqualTo("1");
  }

  @Test
  void theContainerIsAskedOncePerExchange() {
    FakeRequest counted = new FakeRequest("GET", "/").with("A", "1");
    HttpServletRequest asked = counted.asRequest();
    new Exchange(
            "192.0.2.1",
            false,
            "192.0.2.1",
            new ExchangeId("1", Optional.empty()),
            new Journal(() -> 0))
        .attachTo(asked);
    Fields first = ServletFields.of(asked);
    assertThat(ServletFields.of(asked)).isSameAs(first);
    Fields other = Fields.of("B", "2");
    assertThat(ServletFields.of(ServletFields.with(asked, other))).isSameAs(other);
    assertThat(ServletFields.of(new Masked(asked))).isEqualTo(Fields.of("A", "*"));
  }

  /** A filter of somebody else's. */
  private static final class Masked extends HttpServletRequestWrapper {
    Masked(HttpServletRequest request) {
      super(request);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return Collections.enumeration(List.of("*"));
    }
  }
}
