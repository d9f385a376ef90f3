package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Garbage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheControlTest {
  private static final long LONGEST = 2_147_483_648L;

  @Test
  void withoutTheFieldThereIsOneConstant() {
    assertThat(CacheControl.parse(List.of())).isSameAs(CacheControl.NONE);
    assertThat(CacheControl.NONE.isPresent()).isFalse();
    assertThat(read("").isPresent()).isTrue();
    assertThat(CacheControl.NO_CACHE.noCache()).isTrue();
  }

  @Nested
  @DisplayName("RFC 9111 §1.2.2 delta-seconds")
  class DeltaSeconds {
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
      "max-age=0, 0",
      "max-age=3600, 3600",
      "max-age=003600, 3600",
      "max-age=000000000000000000000000000001, 1",
      "max-age=2147483647, 2147483647",
      "max-age=2147483648, 2147483648",
      "max-age=2147483649, 2147483648",
      "max-age=99999999999, 2147483648",
      "max-age=9223372036854775808, 2147483648",
      "max-age=99999999999999999999999999999999999, 2147483648",
    })
    void areSaturated(String line, long seconds) {
      assertThat(read(line).maxAge()).hasValue(seconds);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "max-age",
          "max-age=",
          "max-age=\"\"",
          "max-age=-1",
          "max-age=+60",
          "max-age='3600'",
          "max-age=3600.0",
          "max-age=3600.5",
          "max-age=a3600",
          "max-age=3600a",
          "max-age=3e3",
          "max-age=\"36 00\"",
          "max-age=\" 3600\"",
          "max-age= 3600",
          "max-age =3600",
          "max-age = 3600",
          "max-age\t=3600",
          "max-age:3600",
          "max-age=3600 s",
          "max-age=3600;",
          "max-age=3600\"\"",
          "max-age=\"3600",
          "max-age=\"3600\"x",
          "max-age=3600=3600",
          "max-age=\u0661",
          "max-age=(3600)",
        })
    void thatCannotBeReadAreThereAndGrantNothing(String line) {
      assertThat(read(line).maxAge()).hasValue(0);
      assertThat(read("public, " + line + ", immutable").maxAge()).hasValue(0);
    }

    @Test
    void mayBeQuoted() {
      assertThat(read("max-age=\"3600\"").maxAge()).hasValue(3600);
      assertThat(read("max-age=\"3\\6\\00\"").maxAge()).hasValue(3600);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
        delimiter = '|',
        value = {
          "max-age=3600, max-age=1 | 3600",
          "max-age=1, max-age=3600 | 1",
          "max-age=x, max-age=3600 | 0",
          "a, max-age=5, b=c, MAX-AGE=6 | 5",
        })
    void countOnceAndTheFirstTime(String line, long seconds) {
      assertThat(read(line).maxAge()).hasValue(seconds);
      assertThat(read(line.split(", ")).maxAge()).hasValue(seconds);
    }
  }

  @Nested
  @DisplayName("RFC 9110 §5.6.1 lists")
  class Lists {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "no-store,max-age=60",
          ",, no-store ,\t, max-age=60 ,",
          "NO-STORE, Max-Age=60",
          "max-age=60,foo,bar=baz,qux=\"a\",no-store",
          "foo=\"x, y\", max-age=60, no-store",
          "foo=\"\\\"\", max-age=60, no-store",
          "foo=\"\\\\\", max-age=60, no-store",
          "\tno-store\t,\tmax-age=60\t",
        })
    void haveDirectivesInAnyOrderAndCase(String line) {
      assertThat(read(line).noStore()).isTrue();
      assertThat(read(line).maxAge()).hasValue(60);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "foo=\"no-store\"",
          "foo=\"a, no-store, max-age=60\"",
          "foo=\"\\\", no-store, max-age=60\"",
          "foo=no-store",
          "xno-store, no-storex",
          "no_store",
          "ext=\"private, no-cache\"",
        })
    void doNotLookIntoValues(String line) {
      CacheControl control = read(line);
      assertThat(control.noStore() || control.isPrivate() || control.noCache()).isFalse();
      assertThat(control.maxAge()).isEmpty();
    }

    @Test
    void goOnOverSeveralLines() {
      CacheControl control = read("max-age=60", "", "no-transform, s-maxage=5");
      assertThat(control.maxAge()).hasValue(60);
      assertThat(control.sMaxage()).hasValue(5);
      assertThat(control.noTransform()).isTrue();
    }

    @Test
    void doNotRunOnFromOneLineIntoTheNext() {
      assertThat(read("foo=\"", "no-store").noStore()).isTrue();
      assertThat(read("foo=\"", "max-age=60").maxAge()).hasValue(60);
    }
  }

  @Nested
  @DisplayName("what is not well-formed")
  class Doubt {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "max-age=60; private",
          "max-age=60 private",
          "private;",
          "private=",
          "foo=\"bar, private",
          "foo=\"bar, x, private",
          "foo bar private",
          "= private",
          "foo=a\"private\"",
          "private=\"",
          "private=\"a",
        })
    void isBelievedWhereItForbids(String line) {
      assertThat(read(line).isPrivate()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "max-age=0; public",
          "public;",
          "public foo",
          "public=1",
          "public=\"\"",
          "public=",
          "foo=\"bar, public",
          "foo=\"bar, x, public",
          "\"public\"",
          "; public",
        })
    void isNotBelievedWhereItAllows(String line) {
      assertThat(read(line).isPublic()).isFalse();
    }

    @Test
    void grantsNoTimeEither() {
      assertThat(read("foo=\"bar, max-age=60").maxAge()).hasValue(0);
      assertThat(read("foo; s-maxage=60").sMaxage()).hasValue(0);
      assertThat(read("max-stale;").maxStale()).hasValue(0);
    }

    @Test
    void endsAtTheNextComma() {
      assertThat(read("foo bar, public").isPublic()).isTrue();
      assertThat(read("foo;a=b, max-age=60").maxAge()).hasValue(60);
    }
  }

  @Nested
  @DisplayName("RFC 9111 §5.2.2 response directives")
  class Response {
    @Test
    void eachIsKnownByItsName() {
      assertThat(read("no-store").noStore()).isTrue();
      assertThat(read("no-cache").noCache()).isTrue();
      assertThat(read("private").isPrivate()).isTrue();
      assertThat(read("public").isPublic()).isTrue();
      assertThat(read("must-revalidate").mustRevalidate()).isTrue();
      assertThat(read("proxy-revalidate").proxyRevalidate()).isTrue();
      assertThat(read("must-understand").mustUnderstand()).isTrue();
      assertThat(read("no-transform").noTransform()).isTrue();
      assertThat(read("immutable").immutable()).isTrue();
      assertThat(read("max-age=1").maxAge()).hasValue(1);
      assertThat(read("s-maxage=2").sMaxage()).hasValue(2);
      assertThat(read("stale-while-revalidate=3").staleWhileRevalidate()).hasValue(3);
      assertThat(read("stale-if-error=4").staleIfError()).hasValue(4);
    }

    @Test
    void noneIsThereThatIsNotNamed() {
      CacheControl other = read("x");
      assertThat(
              List.of(
                  other.noStore(),
                  other.noCache(),
                  other.isPrivate(),
                  other.isPublic(),
                  other.mustRevalidate(),
                  other.proxyRevalidate(),
                  other.mustUnderstand(),
                  other.noTransform(),
                  other.immutable(),
                  other.onlyIfCached()))
          .containsOnly(false);
      assertThat(
              List.of(
                  other.maxAge(),
                  other.sMaxage(),
                  other.staleWhileRevalidate(),
                  other.staleIfError(),
                  other.maxStale(),
                  other.minFresh()))
          .containsOnly(OptionalLong.empty());
    }

    @Test
    void noCacheAndPrivateMayBeForSomeFieldsOnly() {
      CacheControl control = read("no-cache=\"Set-Cookie, x-a\", private=\"X-B\" , private=x-c");
      assertThat(control.noCache()).isFalse();
      assertThat(control.isPrivate()).isFalse();
      assertThat(control.noCacheFields()).containsExactly("Set-Cookie", "x-a");
      assertThat(control.privateFields()).containsExactly("X-B", "x-c");
      assertThat(control.privateFields().contains("x-b")).isTrue();
      assertThat(read("no-cache").noCacheFields()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"\"", "\" , \"", "\"a b\"", "\"a, b c\"", "\"a;b\"", "a b"})
    void orForAllWhereTheirFieldsCannotBeRead(String value) {
      assertThat(read("no-cache=" + value).noCache()).isTrue();
      assertThat(read("private=" + value).isPrivate()).isTrue();
    }

    @Test
    void forAllIsMoreThanForSome() {
      assertThat(read("no-cache=\"a\", no-cache").noCache()).isTrue();
      assertThat(read("no-cache, no-cache=\"a\"").noCache()).isTrue();
      assertThat(read("private", "private=\"a\"").isPrivate()).isTrue();
    }

    @Test
    void thatForbidCountWithAValueToo() {
      assertThat(read("no-store=0").noStore()).isTrue();
      assertThat(read("must-revalidate=\"x\"").mustRevalidate()).isTrue();
    }
  }

  @Nested
  @DisplayName("RFC 9111 §5.2.1 request directives")
  class Request {
    @Test
    void eachIsKnownByItsName() {
      assertThat(read("max-stale=7").maxStale()).hasValue(7);
      assertThat(read("min-fresh=8").minFresh()).hasValue(8);
      assertThat(read("only-if-cached").onlyIfCached()).isTrue();
    }

    @Test
    void maxStaleWithoutAValueIsAnyTime() {
      assertThat(read("max-stale").maxStale()).hasValue(LONGEST);
      assertThat(read("max-stale=").maxStale()).hasValue(0);
      assertThat(read("max-stale=x").maxStale()).hasValue(0);
    }
  }

  @Nested
  @DisplayName("RFC 9213 §2.1 targeted fields")
  class Targeted {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          " ",
          "&&&&&",
          "max-age=\"10000\"",
          "max-age=10000.0",
          "max-age=a",
          "max-age",
          "max-age=10000, s-maxage=x",
          "MaX-aGe=10000",
          "max-age=10000, &",
          "max-age=10000,",
          "max-age = 10000",
          "no-store; =x",
          "stale-if-error",
        })
    void areIgnoredAsAWholeWhereTheyAreOfNoUse(String line) {
      assertThat(CacheControl.targeted(List.of(line))).isEmpty();
    }

    @Test
    void haveCacheControlsDirectives() {
      CacheControl control = targeted("max-age=60, s-maxage=5", "must-revalidate, foo=(1 2);x");
      assertThat(control.isPresent()).isTrue();
      assertThat(control.maxAge()).hasValue(60);
      assertThat(control.sMaxage()).hasValue(5);
      assertThat(control.mustRevalidate()).isTrue();
      assertThat(targeted("private, no-cache").isPrivate()).isTrue();
      assertThat(targeted("private, no-cache").noCache()).isTrue();
      assertThat(targeted("public").isPublic()).isTrue();
      assertThat(targeted("no-store").noStore()).isTrue();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
      "max-age=-1, 0",
      "max-age=99999999999, 2147483648",
      "max-age=10;x=y, 10",
      "max-age=0010, 10"
    })
    void haveWholeNumbers(String line, long seconds) {
      assertThat(targeted(line).maxAge()).hasValue(seconds);
    }

    @Test
    void haveTheLastOfSeveral() {
      assertThat(targeted("max-age=1, max-age=2").maxAge()).hasValue(2);
    }

    @Test
    void haveTruthsAndLists() {
      assertThat(targeted("no-store=?0, max-age=1").noStore()).isFalse();
      assertThat(targeted("no-store=?1").noStore()).isTrue();
      assertThat(targeted("no-store=x").noStore()).isTrue();
      assertThat(targeted("public=?0").isPublic()).isFalse();
      assertThat(targeted("public=x").isPublic()).isFalse();
      assertThat(targeted("no-cache=\"a, b\"").noCacheFields()).containsExactly("a", "b");
      assertThat(targeted("no-cache=\"a, b\"").noCache()).isFalse();
      assertThat(targeted("private=\"a b\"").isPrivate()).isTrue();
      assertThat(targeted("private=a").isPrivate()).isTrue();
    }

    private CacheControl targeted(String... lines) {
      return CacheControl.targeted(List.of(lines)).orElseThrow();
    }
  }

  @Test
  void whatWasWrittenWellIsReadBack() {
    var random = new SplittableRandom(20_261_123);
    for (int round = 0; round < 20_000; round++) {
      List<String> elements = new ArrayList<>();
      boolean noStore = random.nextBoolean();
      @Nullable Long maxAge = random.nextBoolean() ? random.nextLong(1L << 40) : null;
      if (noStore) {
        elements.add(Garbage.oneOf(random, "no-store", "No-Store", "NO-STORE"));
      }
      if (maxAge != null) {
        elements.add("max-age=" + Garbage.oneOf(random, "%d", "\"%d\"", "0%d").formatted(maxAge));
      }
      for (int i = random.nextInt(4); i > 0; i--) {
        String text = Garbage.of(random, "ab,;= \\\"no-store", 9);
        elements.add("x=\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
      }
      List<String> shuffled = new ArrayList<>(elements);
      Collections.shuffle(shuffled, new java.util.Random(random.nextLong()));
      String line = String.join(Garbage.oneOf(random, ",", ", ", " ,\t, "), shuffled);

      CacheControl control = read(line);
      assertThat(control.noStore()).as(line).isEqualTo(noStore);
      assertThat(control.maxAge())
          .as(line)
          .isEqualTo(
              maxAge == null ? OptionalLong.empty() : OptionalLong.of(Math.min(maxAge, LONGEST)));
    }
  }

  @Test
  void garbageIsReadToItsEndAndNeverHidesWhatIsOutsideQuotes() {
    var random = new SplittableRandom(20_261_124);
    for (int round = 0; round < 20_000; round++) {
      String garbage = Garbage.of(random, "ab,;=  \\'()private", 16);
      String line = garbage + " , no-store";
      assertThat(read(line).noStore()).as(line).isTrue();
      String noise = Garbage.of(random, "ab,;= \\\"\"\tno-store\u00e9", 24);
      assertThat(read(noise).maxAge()).as(noise).isEmpty();
    }
  }

  private static CacheControl read(String... lines) {
    return CacheControl.parse(Arrays.asList(lines));
  }
}
