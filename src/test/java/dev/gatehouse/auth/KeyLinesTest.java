package dev.gatehouse.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyLinesTest {
  private static final String HASH = "0123456789abcdef".repeat(4);

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "shop:{sha256}HASH | PROXY",
        "shop:{SHA256}HASH | PROXY",
        "  shop : {sha256}HASH ; scopes = proxy admin  | ADMIN,PROXY",
        "shop:{sha256}HASH;scopes=admin | ADMIN",
        "shop:{sha256}HASH;scopes=proxy proxy | PROXY",
        "a.B_c-9:sixteen-letters! | PROXY",
        "shop:with:colons:and=equals | PROXY",
        "shop:sixteen-letters!;notBefore=2026-01-01;expires=2026-01-02T00:00:00.5Z | PROXY",
      })
  void aGoodLineIsAKey(String line, String scopes) {
    KeyLines read = parse(line.replace("HASH", HASH));
    assertThat(read.problems()).isEmpty();
    assertThat(read.keys().size()).isEqualTo(1);
    String id = line.substring(0, line.indexOf(':')).strip();
    assertThat(read.keys().ids()).containsExactly(id);
    assertThat(read.keys()).hasToString("ApiKeys[" + id + "]");
    ApiKey key = new KeyLine(new Sha256()).parse(line.replace("HASH", HASH)).key().orElseThrow();
    assertThat(key.scopes()).extracting(Scope::name).containsExactlyInAnyOrder(scopes.split(","));
    assertThat(key).hasToString("ApiKey[" + id + "]");
  }

  @Test
  void timesAreKept() {
    String line = "shop:sixteen-letters!;notBefore=2026-01-01;expires=2026-01-02T00:00:00Z";
    ApiKey key = new KeyLine(new Sha256()).parse(line).key().orElseThrow();
    assertThat(key.notBefore()).contains(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(key.expires()).contains(Instant.parse("2026-01-02T00:00:00Z"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "SECRET-without-id | line 1: not of the form id:key",
        ":SECRET-with-empty-id | line 1: the id is not 1 to 64 of A-Z a-z 0-9 . _ -",
        "SECRET key:of-sixteen-and-more | line 1: the id is not 1 to 64 of A-Z a-z 0-9 . _ -",
        "LONGID:of-sixteen-and-more | line 1: the id is not 1 to 64 of A-Z a-z 0-9 . _ -",
        "SECRET-swapped-with-the:shop | line 1: the key is shorter than 16 characters",
        "shop: | line 1: the key is shorter than 16 characters",
        "shop:SECRETSECRET123 | line 1: the key is shorter than 16 characters",
        "shop:SECRET with white space | line 1 (shop): the key is not all visible ASCII characters",
        "shop:SECRET-with-umlauts-äöü | line 1 (shop): the key is not all visible ASCII characters",
        "shop:LONGKEY | line 1 (shop): the key is longer than 1024 characters",
        "shop:{sha512}SECRET | line 1 (shop): the only hash is {sha256}, and a plain key must not"
            + " begin with a brace",
        "shop:{SECRET-in-a-brace} | line 1 (shop): the only hash is {sha256}, and a plain key must"
            + " not begin with a brace",
        "shop:{sha256}HASH0 | line 1 (shop): after {sha256} there are not 64 hex digits",
        "shop:{sha256}SECRET | line 1 (shop): after {sha256} there are not 64 hex digits",
        "shop:{sha256}gHASH | line 1 (shop): after {sha256} there are not 64 hex digits",
        "shop:SECRETSECRET1234;SECRET | line 1 (shop): after a ; only scopes=, notBefore= or"
            + " expires= may follow",
        "shop:SECRETSECRET1234;SECRET=1 | line 1 (shop): after a ; only scopes=, notBefore= or"
            + " expires= may follow",
        "shop:SECRETSECRET1234; | line 1 (shop): after a ; only scopes=, notBefore= or expires="
            + " may follow",
        "shop:SECRETSECRET1234;Scopes=proxy | line 1 (shop): after a ; only scopes=, notBefore= or"
            + " expires= may follow",
        "shop:SECRETSECRET1234;scopes=SECRET | line 1 (shop): scopes are proxy and admin",
        "shop:SECRETSECRET1234;scopes=PROXY | line 1 (shop): scopes are proxy and admin",
        "shop:SECRETSECRET1234;scopes=proxy,admin | line 1 (shop): scopes are proxy and admin",
        "shop:SECRETSECRET1234;scopes= | line 1 (shop): scopes are proxy and admin",
        "shop:SECRETSECRET1234;scopes=proxy;scopes=admin | line 1 (shop): scopes is given twice",
        "shop:SECRETSECRET1234;expires=SECRET | line 1 (shop): expires is neither a date nor an"
            + " instant, such as 2026-12-31T23:00:00Z",
        "shop:SECRETSECRET1234;notBefore=2026-02-30 | line 1 (shop): notBefore is neither a date"
            + " nor an instant, such as 2026-12-31T23:00:00Z",
        "shop:SECRETSECRET1234;expires=2026-01-01T00:00:00 | line 1 (shop): expires is neither a"
            + " date nor an instant, such as 2026-12-31T23:00:00Z",
        "shop:SECRETSECRET1234;notBefore=2026-01-01;expires=2026-01-01 | line 1 (shop): expires is"
            + " not after notBefore",
      })
  void aBadLineIsToldWithoutTheKey(String line, String problem) {
    String real =
        line.replace("HASH", HASH)
            .replace("LONGID", "SECRET" + "i".repeat(59))
            .replace("LONGKEY", "SECRET" + "k".repeat(1_020));
    KeyLines read = parse(real);
    assertThat(read.problems()).containsExactly("keys " + problem);
    assertThat(read.keys().isEmpty()).isTrue();
    assertThat(read.toString()).doesNotContain("SECRET").doesNotContain(HASH);
  }

  @Test
  void allProblemsOfAllLinesAreCollectedUnderTheirNumbers() {
    KeyLines read =
        parse(
            "# comment",
            "",
            "shop:{sha256}zz;scopes=root;color=red",
            "  # another",
            "good:sixteen-letters!",
            "nothing");
    assertThat(read.problems())
        .containsExactly(
            "keys line 3 (shop): after {sha256} there are not 64 hex digits",
            "keys line 3 (shop): after a ; only scopes=, notBefore= or expires= may follow",
            "keys line 3 (shop): scopes are proxy and admin",
            "keys line 6: not of the form id:key");
  }

  @Test
  void neitherIdNorKeyMayOccurTwice() {
    KeyLines read =
        parse(
            "a:sixteen-letters!",
            "b:another-long-secret",
            "a:yet-another-long-secret",
            "c:another-long-secret",
            "d:{sha256}" + HASH,
            "e:{sha256}" + HASH.toUpperCase(Locale.ROOT));
    assertThat(read.problems())
        .containsExactly(
            "keys line 3 (a): the id is used twice",
            "keys line 4 (c): the same key has another id too",
            "keys line 6 (e): the same key has another id too");
  }

  @Test
  void keysDefinedElsewhereCountToo() {
    ApiKeys others = parse("a:sixteen-letters!").keys();
    KeyLines read =
        KeyLines.parse("file", List.of("a:another-long-secret", "b:sixteen-letters!"), others);
    assertThat(read.problems())
        .containsExactly(
            "file line 1 (a): the id is used twice",
            "file line 2 (b): the same key has another id too");
    KeyLines good = KeyLines.parse("file", List.of("b:another-long-secret"), others);
    assertThat(good.keys().ids()).containsExactly("a", "b");
  }

  @Test
  void plainTextIsNotedOnceForAllLines() {
    KeyLines read = parse("a:sixteen-letters!", "b:{sha256}" + HASH, "", "c:another-long-secret");
    assertThat(read.notes())
        .singleElement()
        .asString()
        .startsWith("keys: keys in plain text in line 1 (a), line 4 (c); better id:{sha256}hash");
  }

  private static KeyLines parse(String... lines) {
    return KeyLines.parse("keys", List.of(lines), ApiKeys.NONE);
  }
}
