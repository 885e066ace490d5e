/**
 * How files come to be on disk: under another name first, then renamed, so that a cut leaves the old file or the new one and never half of one.
 */
@NullMarked
package io.croft.agent.files;

import org.jspecify.annotations.NullMarked;
