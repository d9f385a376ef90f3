/**
 * What has happened to backends lately, for operators: each change of state with its cause, and
 * with who wanted it if somebody did. Nothing is decided by it.
 */
@NullMarked
package dev.gatehouse.events;

import org.jspecify.annotations.NullMarked;
