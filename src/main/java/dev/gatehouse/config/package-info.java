/**
 * What an operator can set: read once at start from all sources, checked as a whole, and handed on
 * as one value.
 *
 * <p>The way of a value: {@code Sources} (plain maps, gathered by {@code boot}) are turned into
 * {@code Layer}s by {@code Names}, which knows what a name means where; {@code Resolver} takes the
 * highest layer's value for each parameter, fills in placeholders and reads secrets from their
 * files; {@code Params} reads typed values; {@code ConfigReader} makes the {@code ProxyConfig}.
 * Everything on the way adds to one {@code Report}, and {@code Loaded.from} throws all of it at the
 * end. {@code Parameters} is the one table of what there is.
 *
 * <h2>Decisions</h2>
 *
 * <ul>
 *   <li><b>Ranks</b>, high to low: system property, environment, file outside the WAR, init-param,
 *       context-param, file inside the WAR, default. Two values of the same rank are a problem, not
 *       a matter of order.
 *   <li><b>Blank is not given.</b> {@code PROXY_X=} in a compose file means "not set"; a lower rank
 *       or the default then counts. The price: a list cannot be emptied from above.
 *   <li><b>Only the value that counts is checked;</b> names are checked in every source. A bad
 *       value that is overridden does no harm, a bad name may be the override.
 *   <li><b>Unknown names stop the start</b>, since a slip would otherwise be silent. Except in the
 *       environment, where others use {@code PROXY_} too (Kubernetes makes {@code PROXY_PORT} for a
 *       service called proxy): there only names that look like slips do, others are noted. Values
 *       of unknown names are never shown: the slip may be in the name of a secret.
 *   <li><b>Bare init-params only where the last word is clear.</b> {@code connectTimeout} of the
 *       proxy servlet is; {@code path} or {@code interval} would not be, so health has none.
 *   <li><b>Routes and pools are names with an id in them</b> ({@code Families}), no tree: every
 *       source that can name a parameter can name one of theirs, and overrides work one by one.
 *       Upper case and underscores are all that the environment has, so ids do not differ in these.
 *   <li><b>What can only be a slip is a problem</b>: a pool without a route would not be missed,
 *       but the route that was to use it then goes to the default pool.
 *   <li><b>Secrets</b> are hidden by parameter, and user names and passwords in URLs by their look,
 *       rather too much than too little. The text of a {@code _FILE} is taken as it is, without
 *       placeholders; its path is not shown, as it might be the secret by mistake.
 *   <li><b>IPv6 ranges hold no IPv4 address</b>, though {@code ::ffff:1.2.3.4} is {@code 1.2.3.4}:
 *       trusting {@code ::/0} must not trust all of IPv4 by arithmetic.
 *   <li><b>No library.</b> MicroProfile Config and its like know neither our ranks (init-params)
 *       nor all problems at once. To be reopened if a tree format is wanted.
 * </ul>
 */
@NullMarked
package dev.gatehouse.config;

import org.jspecify.annotations.NullMarked;
