package dev.gatehouse.conformance;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A row of the catalogue: what a client sends on one connection, and what must come of it.
 * Immutable.
 *
 * @param id as in the catalogue
 * @param what the stimulus in words, unique for an id
 * @param sent one char for each byte
 * @param behind what follows in the same packet, and must not be believed
 * @param requests how many answers it must have, unless it is refused
 * @param known for a server that is different by nature: what holds there instead
 */
record Row(
    String id,
    String what,
    String sent,
    String behind,
    int requests,
    Required required,
    Map<String, Difference> known) {
  static final Set<String> TOMCAT = Set.of("tomcat10", "tomcat11");
  static final Set<String> JETTY = Set.of("jetty");
  static final Set<String> WILDFLY = Set.of("wildfly");
  static final Set<String> TOMCAT_AND_WILDFLY = Set.of("tomcat10", "tomcat11", "wildfly");

  /**
   * What is the case on a server in place of the requirement.
   *
   * @param reason why it is not for us to change
   */
  record Difference(Required there, String reason) {}

  static Row of(String id, String what, String sent, Required required) {
    return new Row(id, what, sent, "", 1, required, Map.of());
  }

  /** The same on servers where, for this reason, something else holds. */
  Row but(Set<String> servers, Required there, String reason) {
    Map<String, Difference> more = new LinkedHashMap<>(known);
    servers.forEach(server -> more.put(server, new Difference(there, reason)));
    return new Row(id, what, sent, behind, requests, required, more);
  }

  /** The same with so many requests in it. */
  Row with(int several) {
    return new Row(id, what, sent, behind, several, required, known);
  }

  /** The same with something behind it. */
  Row behind(String more) {
    return new Row(id, what, sent, more, requests, required, known);
  }

  /** The bytes for this server: behind a request that it accepts, others are what they say. */
  String sentTo(String server) {
    return known.containsKey(server) ? sent : sent + behind;
  }

  /** What must come of it on this server. */
  Required requiredOn(String server) {
    Difference different = known.get(server);
    return different == null ? required : different.there();
  }

  /** In a test's display name, and in the table of what is accepted. */
  @Override
  public String toString() {
    return id + " " + what;
  }
}
