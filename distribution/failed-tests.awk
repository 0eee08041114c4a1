# Reads reports of Surefire and Failsafe (*.txt) and says of each test that failed: its name, what was said, and where in our own code.
# Of a long text, as of two lists that differ, the beginning and the end: what differs stands at the end.

function say(line) {
  print "    " (length(line) > width ? substr(line, 1, width) " …" : line)
}

function flush_text(  i) {
  for (i = 1; i <= texts; i++) {
    if (texts > first + last && i > first && i <= texts - last) {
      if (i == first + 1) {
        print "    … " (texts - first - last) " lines more in " file
      }
    } else {
      say(text[i])
    }
  }
  texts = 0
}

BEGIN {
  width = 400
  first = 14
  last = 14
  places = 2
}

FNR == 1 || /<<< (FAILURE|ERROR)!/ {
  flush_text()
  inside = 0
}

/^Tests run:/ { next }

/<<< (FAILURE|ERROR)!/ {
  print
  file = FILENAME
  test = $1
  sub(/\.[^.]*$/, "", test)
  inside = 1
  shown = here = 0
  next
}

!inside || /^[ \t]*$/ { next }

/^[ \t]+at / {
  flush_text()
  sub(/^[ \t]+/, "")
  if (index($0, test) ? (here++ < 2 * places) : (/org\.yuzui\./ && shown++ < places)) {
    say($0)
  }
  next
}

/^[ \t]+\.\.\. [0-9]+ more/ { next }

/^[ \t]*(Caused by|Suppressed): / {
  flush_text()
  shown = here = 0
}

{ text[++texts] = $0 }

END { flush_text() }
