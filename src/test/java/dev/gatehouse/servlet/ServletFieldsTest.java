package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.Fields;
import dev.gatehouse.testkit.FakeRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
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
    assertThat(ServletFields.of(with)).isEqualTo(Fields.of("C", "1", "C", "3", "D", "2"));
    assertThat(with.getRequestURI()).isEqualTo("/a");
    assertThat(request.getHeader("A")).isEqualTo("1");
  }
}
