package dev.gatehouse.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.Runtime.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionFloorTest {
  @ParameterizedTest
  @CsvSource({
    "jetty/12.0.38, Jetty 12.0.38, CVE-2026-19203",
    "jetty/12.1.11, Jetty 12.1.11, CVE-2026-19203",
    "jetty/12.1.11-SNAPSHOT, Jetty 12.1.11, 12.1.12 or later",
    "jetty/11.0.29, Jetty 11.0.29, '12.0.39, 12.1.12 or later'",
    "Apache Tomcat/10.1.52, Tomcat 10.1.52, CVE-2026-24880",
    "Apache Tomcat/11.0.0-M26, Tomcat 11.0.0, CVE-2026-24880",
    "Apache Tomcat/10.0.27, Tomcat 10.0.27, CVE-2026-24880",
    "WildFly 39.0.1.Final (WildFly Core 31.0.3.Final) - 2.3.23.Final, Undertow 2.3.23, 2.3.25",
    "WildFly 39.0.1.Final - 2.3.24.Final, Undertow 2.3.24, CVE-2026-28367",
    "Undertow - 2.4.0.Final, Undertow 2.4.0, CVE-2026-28369",
    "Undertow - 2.2.39.Final, Undertow 2.2.39, CVE-2026-28369",
  })
  void aContainerBelowTheFloorIsWarnedOf(String info, String what, String why) {
    assertThat(VersionFloor.warning(info))
        .hasValueSatisfying(text -> assertThat(text).startsWith(what + " ").contains(why));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jetty/12.0.39",
        "jetty/12.1.12",
        "jetty/12.1.100",
        "jetty/12.2.0",
        "jetty/13.0.0.beta1",
        "Apache Tomcat/10.1.53",
        "Apache Tomcat/10.1.59",
        "Apache Tomcat/11.0.20",
        "Apache Tomcat/11.1.0",
        "WildFly 40.0.0.Final (WildFly Core 32.0.0.Final) - 2.3.25.Final",
        "Undertow - 2.4.1.Final",
        "Undertow - 2.5.0.Beta1",
      })
  void oneAtTheFloorOrAboveIsNot(String info) {
    assertThat(VersionFloor.warning(info)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "jetty/",
        "jetty/12",
        "jetty/12.1",
        "jetty/12.1.x",
        "jetty/9999999999.0.0",
        "Open Liberty/25.0.0.1",
        "a - b - c",
      })
  void whatWeDoNotKnowIsNotJudged(String info) {
    assertThat(VersionFloor.warning(info)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "17, false",
    "17.0.2, false",
    "17.0.2+8-LTS, false",
    "17.0.3, true",
    "17.0.3+7, true",
    "17.0.15+6-Debian-1deb12u1, true",
    "18, false",
    "18.0.1, true",
    "19, true",
    "21.0.1, true",
    "25, true",
  })
  void javaIsRefusedWhereSignaturesProveNothing(String java, boolean accepted) {
    assertThat(VersionFloor.refusal(Version.parse(java)).isEmpty()).isEqualTo(accepted);
  }

  @Test
  void theRefusalSaysWhatToDo() {
    assertThat(VersionFloor.refusal(Version.parse("17.0.2")))
        .hasValueSatisfying(text -> assertThat(text).contains("17.0.2", "run 17.0.3"));
  }
}
