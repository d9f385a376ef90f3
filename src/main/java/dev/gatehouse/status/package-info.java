/**
 * What an operator sees: one report, shown as a page, as JSON and as a table in the log.
 *
 * <h2>Decisions</h2>
 *
 * <ul>
 *   <li>The page is reached by the name of its servlet ({@code status-page}): a path would lead to
 *       the proxy servlet, since {@code /*} comes before {@code *.jsp}.
 *   <li>JSTL is not used, as Tomcat ships none. The JSP holds loops and calls of {@link
 *       dev.gatehouse.status.PageText}, nothing else; every value goes through its escaping.
 *   <li>The page refreshes itself by fetching itself and replacing its main part: one rendering,
 *       not two. While a form is open it does not, and says so: what is being typed stays.
 *   <li><b>The forms' token goes to windows only</b>, where a browser tells ({@code
 *       Sec-Fetch-Dest}); what the script fetches has none. A backend's page of the same origin
 *       needs a window then, which is harder to hide and no more: {@code proxy.status.hosts}, which
 *       gives our pages an origin of their own, is the way to keep it out.
 *   <li><b>Ready says nothing of backends</b>, as with Envoy and Traefik: if one dead pool made
 *       every proxy unready, the balancer before them would take the other pools down with it.
 * </ul>
 */
@NullMarked
package dev.gatehouse.status;

import org.jspecify.annotations.NullMarked;
