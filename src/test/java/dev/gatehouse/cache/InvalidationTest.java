package dev.gatehouse.cache;

import static dev.gatehouse.cache.Samples.fields;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.Fields;
import dev.gatehouse.http.Target;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9111 §4.4 invalidation")
class InvalidationTest {
  private static final Target TARGET = Target.of("http", "h:8080", "/a/b", "q");

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "POST,     200, true",
    "PUT,      204, true",
    "DELETE,   202, true",
    "PATCH,    299, true",
    "M-SEARCH, 200, true",
    "BREW,     200, true",
    "POST,     303, true",
    "POST,     304, true",
    "POST,     399, true",
    "POST,     400, false",
    "PUT,      412, false",
    "M-SEARCH, 404, false",
    "DELETE,   500, false",
    "POST,     599, false",
    "POST,     103, false",
    "GET,      200, false",
    "HEAD,     200, false",
    "OPTIONS,  200, false",
    "TRACE,    200, false",
    "QUERY,    200, false",
    "GET,      303, false",
  })
  void isByUnsafeMethodsThatSucceed(String method, int status, boolean expected) {
    Fields both = fields("Location: /x | Content-Location: /y");
    assertThat(Invalidation.of(method, status, TARGET, both)).hasSize(expected ? 3 : 0);
    assertThat(Invalidation.of(method, status, TARGET, Fields.NONE).contains(TARGET))
        .isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "/x,                     /x",
    "c?d#e,                  /a/c?d",
    "../x,                   /x",
    "?r,                     /a/b?r",
    "http://h:8080/x?y,      /x?y",
    "HTTP://H:08080/x,       /x",
    "//h:8080/x,             /x",
  })
  void isAlsoOfWhatTheAnswerNames(String reference, String resource) {
    Target other = new Target("http", "h:8080", resource);
    for (String name : new String[] {"Location", "content-location"}) {
      assertThat(Invalidation.of("POST", 201, TARGET, Fields.of(name, reference)))
          .containsExactly(TARGET, other);
    }
  }

  @ParameterizedTest(name = "[{0}]")
  @ValueSource(
      strings = {
        "http://other/a/b",
        "http://h/a/b",
        "http://h:80/a/b",
        "https://h:8080/a/b",
        "//other/x",
        "//h:8080@other/x",
        "http://u@h:8080/x",
        "ftp://h:8080/x",
        "http:/x",
        "\\\\h:8080/x",
        "/x y",
        "b?q",
        "",
      })
  void isNeverOfAnotherOriginOrOfNonsense(String reference) {
    assertThat(Invalidation.of("POST", 201, TARGET, Fields.of("Location", reference)))
        .containsExactly(TARGET);
  }

  @Test
  void isOfAllOfThem() {
    Fields several = fields("Location: /x|Location: /z|Content-Location: /y|Content-Location: /x");
    assertThat(
            Invalidation.of("PUT", 200, TARGET, several).stream()
                .map(Target::resource)
                .collect(Collectors.joining(" ")))
        .isEqualTo("/a/b?q /x /z /y");
  }
}
