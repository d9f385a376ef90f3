package dev.gatehouse;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who may import whom, as law. Change the table first, and say why; a package without a row does
 * not pass.
 */
class ArchitectureTest {
  private static final String ROOT = "dev.gatehouse";
  private static final String BOOT = ROOT + ".boot..";
  private static final String SERVLET_API = "jakarta.servlet..";
  private static final String JSON = "jakarta.json.bind..";
  private static final String REGEX = "com.google.re2j..";
  private static final String JETTY = "org.eclipse.jetty..";
  private static final List<String> EVERYBODYS =
      List.of("java..", "javax..", "org.jspecify..", "org.slf4j..");

  /** Package by package: our own packages that it may import, and the libraries. */
  private static final Map<String, List<String>> MAY_IMPORT =
      new TreeMap<>(
          Map.ofEntries(
              entry("http", List.of()),
              entry("connection", List.of(SERVLET_API)),
              entry("config", List.of("http", REGEX)),
              entry("servlet", List.of("http", "config", SERVLET_API)),
              entry("events", List.of()),
              entry("balance", List.of("config", "events", "com.netflix.concurrency.limits..")),
              entry("health", List.of("balance", "config", "events", REGEX, JETTY)),
              entry("dns", List.of("http", "config", "org.xbill.DNS..")),
              entry("members", List.of("http", "config", "events", "balance", "health", "dns")),
              entry("guard", List.of("http", "config", "servlet", SERVLET_API)),
              entry("auth", List.of("http", "config", "servlet", SERVLET_API)),
              entry(
                  "cache",
                  List.of(
                      "http",
                      "config",
                      "servlet",
                      SERVLET_API,
                      "org.ehcache..",
                      "org.terracotta..")),
              entry("metrics", List.of("http", "config", "servlet", SERVLET_API)),
              entry(
                  "proxy",
                  List.of(
                      "http", "config", "connection", "servlet", "balance", SERVLET_API, JETTY)),
              entry(
                  "status",
                  List.of(
                      "balance",
                      "health",
                      "events",
                      "cache",
                      "metrics",
                      "auth",
                      "servlet",
                      SERVLET_API,
                      JSON)),
              entry(
                  "control",
                  List.of(
                      "config",
                      "balance",
                      "health",
                      "members",
                      "events",
                      "cache",
                      "auth",
                      "servlet",
                      "status",
                      SERVLET_API))));

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  static Stream<String> packages() {
    return MAY_IMPORT.keySet().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("packages")
  void aPackageImportsOnlyWhatTheTableSays(String name) {
    List<String> allowed = new ArrayList<>(EVERYBODYS);
    allowed.add(ours(name));
    for (String each : MAY_IMPORT.getOrDefault(name, List.of())) {
      allowed.add(each.endsWith("..") ? each : ours(each));
    }
    classes()
        .that()
        .resideInAPackage(ours(name))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new))
        .check(MAIN);
  }

  @Test
  void everyPackageHasARowInTheTable() {
    TreeSet<String> there = new TreeSet<>();
    for (JavaClass each : MAIN) {
      String name = each.getPackageName();
      if (!name.equals(ROOT)) {
        there.add(name.substring(ROOT.length() + 1));
      }
    }
    assertThat(there.remove("boot")).isTrue();
    assertThat(there).isEqualTo(MAY_IMPORT.keySet());
  }

  @Test
  void nothingImportsBoot() {
    noClasses()
        .that()
        .resideOutsideOfPackage(BOOT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(BOOT)
        .check(MAIN);
  }

  @Test
  void packagesDoNotGoInCircles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void decisionsArePure() {
    noClasses()
        .that(
            simpleNameEndingWith("Policy")
                .or(simpleName("Health"))
                .or(resideInAnyPackage(ours("http"), ours("balance"), ours("config"))))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta..", JETTY, "org.ehcache..")
        .check(MAIN);
  }

  @Test
  void inHealthOnlyTheProbeKnowsTheClient() {
    noClasses()
        .that()
        .resideInAPackage(ours("health"))
        .and()
        .haveNameNotMatching(".*\\.HttpProbe(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(JETTY)
        .check(MAIN);
  }

  @Test
  void timeComesInThroughConstructorsAndCalls() {
    noClasses()
        .that()
        .resideOutsideOfPackages(BOOT, ours("metrics"))
        .should()
        .accessTargetWhere(
            access(
                "reads a clock",
                (owner, method) ->
                    (owner.equals("java.lang.System")
                            && (method.equals("nanoTime") || method.equals("currentTimeMillis")))
                        || (owner.startsWith("java.time.")
                            && (method.equals("now") || method.startsWith("system")))
                        || (owner.equals("java.util.Date") && method.equals("<init>"))))
        .check(MAIN);
  }

  /** R23: who may get a request, and for how long, is decided by monotonic time alone. */
  @Test
  void noWallClockDecidesOverBackends() {
    noClasses()
        .that()
        .resideInAnyPackage(ours("balance"), ours("proxy"), ours("dns"), ours("members"))
        .should()
        .accessTargetWhere(
            access(
                "asks for or reckons with the time of day",
                (owner, method) ->
                    owner.matches("java\\.time\\.(Instant|InstantSource|Clock)|java\\.util\\.Date")
                        && !method.equals("EPOCH")))
        .check(MAIN);
  }

  @Test
  void onlyBootLooksAtTheProcessAroundIt() {
    noClasses()
        .that()
        .resideOutsideOfPackage(BOOT)
        .should()
        .accessTargetWhere(
            access(
                "reads system properties or the environment",
                (owner, method) ->
                    (owner.equals("java.lang.System")
                            && (method.startsWith("getProp") || method.equals("getenv")))
                        || (owner.matches("java\\.lang\\.(Integer|Long)")
                            && method.equals("get" + owner.substring("java.lang.".length())))
                        || (owner.equals("java.lang.Boolean") && method.equals("getBoolean"))))
        .check(MAIN);
  }

  @Test
  void noStaticFieldChanges() {
    fields().that().areStatic().should().beFinal().check(MAIN);
  }

  @Test
  void onlyTheProductIsJudged() {
    assertThat(MAIN.contain(ArchitectureTest.class)).isFalse();
    assertThat(MAIN.contain("dev.gatehouse.proxy.ReverseProxyServlet")).isTrue();
  }

  private interface Target {
    boolean is(String owner, String method);
  }

  /** Calls, and references such as {@code System::nanoTime}. */
  private static DescribedPredicate<JavaAccess<?>> access(String words, Target target) {
    return describe(
        words,
        access -> target.is(access.getTargetOwner().getFullName(), access.getTarget().getName()));
  }

  private static String ours(String name) {
    return ROOT + "." + name + "..";
  }
}
