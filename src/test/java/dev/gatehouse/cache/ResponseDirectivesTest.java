package dev.gatehouse.cache;

import static dev.gatehouse.cache.Responses.fields;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseDirectivesTest {
  @Nested
  @DisplayName("RFC 9213 §2.2 targeted fields")
  class Targeted {
    @ParameterizedTest(name = "{0}")
    @ValueSource(
        strings = {
          "CDN-Cache-Control: max-age=60 | Cache-Control: no-store",
          "Cache-Control: max-age=1 | CDN-Cache-Control: max-age=60",
          "cdn-cache-control: max-age=60 | Cache-Control: private | Expires: 0",
          "My-Cache-Control: max-age=60 | CDN-Cache-Control: no-store, max-age=2",
          "My-Cache-Control: &&& | CDN-Cache-Control: max-age=60",
          "My-Cache-Control: | CDN-Cache-Control: foo | CDN-Cache-Control: max-age=60",
        })
    void decideAlone(String response) {
      ResponseDirectives read = read(response);
      assertThat(read.targeted()).isTrue();
      assertThat(read.control().maxAge()).hasValue(60);
      assertThat(read.control().noStore()).isFalse();
      assertThat(read.isPrivate()).isFalse();
      assertThat(read.addressesUs()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
        strings = {
          "Cache-Control: max-age=60",
          "Cache-Control: max-age=60 | CDN-Cache-Control: &&&&&, no-store",
          "Cache-Control: max-age=60 | CDN-Cache-Control: max-age=\"10000\"",
          "Cache-Control: max-age=60 | CDN-Cache-Control: MaX-aGe=10000",
          "Cache-Control: max-age=60 | CDN-Cache-Control:",
          "Cache-Control: max-age=60 | Other-Cache-Control: no-store",
          "Cache-Control: max-age=60 | CDN-Cache-Control: no-store | CDN-Cache-Control: &",
        })
    void areNotThereWhereTheyAreNotValid(String response) {
      ResponseDirectives read = read(response);
      assertThat(read.targeted()).isFalse();
      assertThat(read.control().maxAge()).hasValue(60);
      assertThat(read.addressesUs()).isFalse();
    }

    @Test
    void takeExpiresItsMeaning() {
      assertThat(read("CDN-Cache-Control: foo | Expires: @60").statesLifetime(fields("Expires: 0")))
          .isFalse();
    }
  }

  @Nested
  @DisplayName("RFC 9111 §4.2.4 what may not be used stale")
  class Stale {
    @ParameterizedTest
    @ValueSource(
        strings = {"must-revalidate", "proxy-revalidate", "s-maxage=5", "no-cache", "s-maxage=x"})
    void isSaidByOneDirective(String directive) {
      assertThat(read("Cache-Control: max-age=1, " + directive).forbidsStale()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"max-age=5", "public", "no-cache=\"x\"", "stale-if-error=5", "private"})
    void isNotSaidByOthers(String directive) {
      assertThat(read("Cache-Control: " + directive).forbidsStale()).isFalse();
    }
  }

  @Nested
  @DisplayName("RFC 9111 §5.2.2.4, §5.2.2.7 directives for some fields")
  class SomeFields {
    @Test
    void nameWhatIsWithheld() {
      ResponseDirectives read = read("Cache-Control: private=\"a, b\", no-cache=\"C\"");
      assertThat(read.withheld()).containsExactlyInAnyOrder("a", "b", "C");
      assertThat(read.withheld().contains("c")).isTrue();
      assertThat(read.isPrivate() || read.noCache()).isFalse();
      assertThat(read("Cache-Control: private").withheld()).isEmpty();
      assertThat(read("Cache-Control: private=\"x\"").withheld()).containsExactly("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"content-type", "x, Content-Encoding", "VARY", "content-location, a"})
    void areForAllIfTheBodyCannotBeReadWithoutThem(String names) {
      assertThat(read("Cache-Control: private=\"" + names + "\"").isPrivate()).isTrue();
      assertThat(read("Cache-Control: no-cache=\"" + names + "\"").noCache()).isTrue();
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiterString = "->",
      value = {
        "Cache-Control: max-age=1 -> true",
        "Cache-Control: s-maxage=1 -> true",
        "Expires: 0 -> true",
        "Cache-Control: max-age=x -> true",
        "Cache-Control: public -> false",
        "Last-Modified: @-50 -> false",
      })
  void aLifetimeIsStatedOrNot(String response, boolean stated) {
    assertThat(read(response).statesLifetime(fields(response))).isEqualTo(stated);
  }

  @ParameterizedTest
  @ValueSource(strings = {"public", "s-maxage=0"})
  void sharedCachesAreMeantByName(String directive) {
    assertThat(read("Cache-Control: " + directive).addressesUs()).isTrue();
  }

  private static ResponseDirectives read(String response) {
    return ResponseDirectives.of(
        fields(response), List.of("My-Cache-Control", "CDN-Cache-Control"));
  }
}
