package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Pki;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 7469 §2.4 the Pin directive's hash")
class KeyPinTest {
  /** Of RFC 7469 §2.1.6, the first example. */
  private static final String BASE64 = "d6qzRu9zOECb90Uez27xWltNsj0e1Md7GkYYkVoZWmM=";

  private static final byte[] HASH = Base64.getDecoder().decode(BASE64);
  private static final String HEX = HexFormat.of().formatHex(HASH);

  @Test
  void allSpellingsOfAHashAreOnePin() {
    assertThat(KeyPin.parse(BASE64)).contains(new KeyPin(HEX));
    assertThat(KeyPin.parse("sha256/" + BASE64)).contains(new KeyPin(HEX));
    assertThat(KeyPin.parse(HEX)).contains(new KeyPin(HEX));
    assertThat(KeyPin.parse(HEX.toUpperCase(Locale.ROOT))).contains(new KeyPin(HEX));
  }

  @Test
  void base64ThatHappensToBeginLikeThePrefixIsAll() {
    assertThat(KeyPin.parse("sha256/" + "A".repeat(36) + "=")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "sha256/",
        "sha1/d6qzRu9zOECb90Uez27xWltNsj0e1Md7GkYYkVoZWmM=",
        "SHA256/d6qzRu9zOECb90Uez27xWltNsj0e1Md7GkYYkVoZWmM=",
        "d6qzRu9zOECb90Uez27xWltNsj0e1Md7GkYYkVoZWmM",
        "d6qzRu9zOECb90Uez27xWltNsj0e1Md7GkYYkVoZWmN=", // bits beyond the hash
        "d6qzRu9zOECb90Uez27xWltNsj0e1Md7GkYYkVoZWmMA",
        "d6qzRu9zOECb90Uez27xWltNsj0e1Md7GkYYkVoZW-_=",
        "77aab346ef7338409bf7451ecf6ef15a5b4db23d1ed4c77b1a4618915a195a6g",
        "77aab346ef7338409bf7451ecf6ef15a5b4db23d1ed4c77b1a4618915a195a",
      })
  void whatIsNoHashIsNoPin(String text) {
    assertThat(KeyPin.parse(text)).isEmpty();
  }

  @Test
  void itIsOfTheKeyWithItsAlgorithm() throws Exception {
    var key = Pki.selfSigned().certificate().getPublicKey();
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
    assertThat(KeyPin.parse(Base64.getEncoder().encodeToString(hash))).contains(KeyPin.of(key));
  }
}
