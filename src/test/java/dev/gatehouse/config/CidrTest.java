package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.http.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

  @ParameterizedTest(name = "{1} in {0}: {2}")
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "10.1.2.3/8, 10.9.9.9, true",
    "192.168.1.128/25, 192.168.1.127, false",
    "192.168.1.128/25, 192.168.1.128, true",
    "127.0.0.1, 127.0.0.1, true",
    "127.0.0.1, 127.0.0.2, false",
    "0.0.0.0/0, 255.255.255.255, true",
    "0.0.0.0/0, ::1, false",
    "::1, ::1, true",
    "::1, 0:0:0:0:0:0:0:1, true",
    "::1, [::1], true",
    "::1, ::2, false",
    "[2001:db8::]/32, 2001:db8:ffff::1, true",
    "2001:db8::/32, 2001:DB8:ffff:1:2:3:4:5, true",
    "2001:db8::/32, 2001:db9::1, false",
    "2001:db8:0:0:1::/80, 2001:db8::1:0:0:1, true",
    "2001:db8:0:0:1::/80, 2001:db8::2:0:0:1, false",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0, true",
    "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8, true",
    "0:1::, 0:1:0:0:0:0:0:0, true",
    "fe80::/10, fe80::1%eth0, true",
    "fe80::1%eth0, fe80::1%eth1, true",
    "::/0, 2001:db8::1, true",
    "::/0, 1.2.3.4, false",
    "::/0, ::ffff:1.2.3.4, false",
    "::ffff:1.2.3.4, 1.2.3.4, true",
    "1.2.3.4, ::ffff:1.2.3.4, true",
    "1.2.3.0/24, ::ffff:102:309, true",
    "::ffff:10.0.0.0/104, 10.9.9.9, true",
    "::1.2.3.4, 1.2.3.4, false",
    "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304, true",
    "10.0.0.0/8, localhost, false",
    "10.0.0.0/8, '', false",
    "10.0.0.0/8, 10.0.0.1:80, false",
  })
  void anAddressIsInARangeOrNot(String range, String address, boolean expected) {
    IpAddress parsed = IpAddress.parse(address);
    assertThat(parsed != null && Cidr.parse(range).contains(parsed)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "example.org",
        "dead.beef",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "01.2.3.4",
        "1.2.3.0x4",
        "1..3.4",
        "1.2.3.4.",
        "1.2.3.4 ",
        "1.2.3.1000",
        "[1.2.3.4]",
        "[",
        "[]",
        ":",
        ":::",
        "1:::2",
        "::1::",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:",
        ":1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8::",
        "::1:2:3:4:5:6:7:8",
        "12345::",
        "::g",
        "::1:",
        "1-2::",
        "::1.2.3",
        "1.2.3.4::",
        "1:2:3:4:5:6:7:1.2.3.4",
        "١.2.3.4",
        "fe80:%eth0",
      })
  void whatIsNoLiteralIsRefusedWithoutAskingDns(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cidr.parse(text))
        .withMessage("not an IPv4 or IPv6 address");
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.3.4/33, 32",
    "1.2.3.4/, 32",
    "1.2.3.4/-1, 32",
    "1.2.3.4/a, 32",
    "1.2.3.4/8/8, 32",
    "::/129, 128",
    "::/0000, 128",
  })
  void aPrefixLengthIsInItsBounds(String text, int most) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cidr.parse(text))
        .withMessage("the number after / must be from 0 to " + most);
  }

  @Test
  void rangesAreEqualIfTheyHoldTheSame() {
    Cidr ten = Cidr.parse("10.0.0.0/8");

    assertThat(ten).isEqualTo(Cidr.parse("10.1.1.1/8")).hasSameHashCodeAs(Cidr.parse("10.1.1.1/8"));
    assertThat(ten).hasToString("10.0.0.0/8");
    assertThat(ten)
        .isNotEqualTo(Cidr.parse("10.0.0.0/9"))
        .isNotEqualTo(Cidr.parse("11.0.0.0/8"))
        .isNotEqualTo("10.0.0.0/8");
    assertThat(Cidr.parse("::/64")).isNotEqualTo(Cidr.parse("::/63"));
    assertThat(Cidr.parse("1::/64")).isNotEqualTo(Cidr.parse("2::/64"));
  }
}
