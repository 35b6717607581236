/** What the server refuses. */
@NullMarked
package io.boshcpi.lxd.fake.rules;

import org.jspecify.annotations.NullMarked;
