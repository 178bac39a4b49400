"""Expressions of the template language, made at random by the type that is wanted.

Types are letters: s string, i integer, f float, n number of a kind, b boolean, l list, d dictionary, t time,
a anything; and strings of a form: r regular expression, v version, c constraint, y date layout, h date, u duration,
p path, o URL, g YAML, j JSON, m TOML, e base64, k key, w separator, x format. N is a small integer.
"""

# Name, types of the arguments (* none to three more of the last), type of the result.
FUNCTIONS = """
and aa* a|or aa* a|not a b|len l i|len d i|len s i|index lN a|index dk a|index la a|slice lNN l|slice sNN s|slice lN l
print aa* s|println a* s|printf xa* s|printf xaa s|html a s|js a s|urlquery a s
eq ss b|eq nn b|eq aa b|eq sss b|ne ss b|ne aa b|lt nn b|lt ss b|le ii b|gt ff b|ge ss b|ge nn b
trim s s|upper s s|lower s s|title s s|untitle s s|repeat Ns s|substr NNs s|trunc Ns s|trimall ws s|trimAll ws s
trimSuffix ws s|trimPrefix ws s|nospace s s|initials s s|swapcase s s|snakecase s s|camelcase s s|kebabcase s s
wrap Ns s|wrapWith Nws s|contains ws b|hasPrefix ws b|hasSuffix ws b|quote a* s|squote a* s|cat a* s|indent Ns s
nindent Ns s|replace wws s|plural ssN s|abbrev Ns s|abbrevboth NNs s
sha1sum s s|sha256sum s s|sha512sum s s|adler32sum s s|toString a s|b64enc s e|b64dec e s|b32enc s s|b32dec s s
atoi s i|int a i|int64 a i|float64 a f|toDecimal a i|seq N s|seq NN s|seq NNN s|add1 n i|add nn* i|sub nn i|mul nn* i
div nn i|mod nn i|add1f n f|addf nn* f|subf nn* f|mulf nn* f|divf nn* f|biggest nn* i|max nn* i|min nn* i|maxf nn* f
minf nn* f|ceil n f|floor n f|round nN f|round nNf f|int s i|int64 f i|float64 s f
split ws d|splitList ws l|splitn wNs d|toStrings l l|join wl s|join wa s|sortAlpha l l|sortAlpha s l
default aa a|default ss s|empty a b|coalesce a* a|all a* b|any a* b|compact l l|mustCompact l l|ternary aab a|ternary ssb s
fromJson j a|toJson a s|toPrettyJson a s|toRawJson a s|mustFromJson j a|mustToJson a s|mustToPrettyJson a s|mustToRawJson a s
fromYaml g d|fromYamlArray g l|toYaml a g|mustToYaml a g|toYamlPretty a g|fromJsonArray j l|toToml d m|mustToToml d m|fromToml m d
toYaml d g|toJson d j|toYaml l g
deepCopy a a|mustDeepCopy a a|typeOf a s|typeIs sa b|typeIsLike sa b|kindOf a s|kindIs sa b|deepEqual aa b
base p s|dir p s|clean p s|ext p s|isAbs p b|osBase p s|osClean p s|osDir p s|osExt p s|osIsAbs p b
tuple a* l|list a* l|list s* l|dict ka d|dict kaka d|get dk a|set dka d|unset dk d|hasKey dk b|pluck kdd* l|pick dk* d
omit dk* d|merge dd* d|mergeOverwrite dd* d|mustMerge dd* d|mustMergeOverwrite dd* d|dig kad a|dig kkad a
append la l|push la l|prepend la l|mustAppend la l|mustPrepend la l|concat ll* l|first l a|last l a|rest l l|initial l l
mustFirst l a|mustLast l a|mustRest l l|mustInitial l l|reverse l l|mustReverse l l|uniq l l|mustUniq l l|without la* l
mustWithout la* l|has al b|mustHas al b|mustSlice lNN l|chunk Nl l|mustChunk Nl l|until N l|untilStep NNN l|first s a
keys d sorted|values d sorted
semver v a|semverCompare cv b|regexMatch rs b|mustRegexMatch rs b|regexFind rs s|regexFindAll rsN l|mustRegexFindAll rsN l
regexReplaceAll rss s|mustRegexReplaceAll rss s|regexReplaceAllLiteral rss s|regexSplit rsN l|regexQuoteMeta s s
mustRegexFind rs s|mustRegexSplit rsN l|mustRegexReplaceAllLiteral rss s
urlParse o d|urlJoin d o|date yt s|date_in_zone yts s|dateInZone yts s|htmlDate t s|htmlDateInZone ts s|date_modify ut t
dateModify ut t|mustDateModify ut t|duration a s|durationRound a s|toDate yh t|mustToDate yh t|unixEpoch t s
fail s a|required sa a|lookup ssss d|derivePassword Nssss s|hello s|tpl s? s|getHostByName s s
"""

STRINGS = """'';a;b c;Hello World;12;-1;0x1F;1.5;1e3;true;null;~;a-b_c.d;x: y;- 1;# no;A long text with many words
that goes on over a line;tab\\there;nul\\x00;é;日本語 テキスト;ﬁ ǅ ß İ;😀;\\xff\\xfe;<a href='x'>&amp;;'quoted';\\"q\\";$x;${1}
%d;\\\\;a/b/c;  lead;trail  ;line\\nline2\\n;\\r\\n;\\u2028;fooBarBaz;foo_bar-baz;HTTPServer;a,b,,c;on;y;2024-01-01;012;1_000
.5;+1;0b1;Infinity;.nan;<no value>;{{ . }};=;!tag;&anchor;*alias;[1, 2];{a: 1};:;?;|;>;@at;`tick;"""
SPECIAL = {
    "r": "a;[a-z]+;^\\\\d+$;(a)(b)?;(?i)HELLO;\\\\bw;.*;(x|y)*;[^a];\\\\p{L}+;(?P<n>o);a{2,3};(?s).;[[:alpha:]];\\\\s;$;^;;(;\\\\1"
    ";(?=a);o+?;\\\\.;[a-c;x**;\\\\Qa.b\\\\E;(?U)o+;\\\\x{e9};\\\\C;(?m)^l",
    "v": "1.2.3;v1.2;1;1.2.3-beta.1;1.2.3+meta;1.2.3-rc.1+b;0.0.0;2.0.0;1.10.0;v1.30.2-eks-1;bad;01.2.3;1.2.3.4;1.2.3-01;",
    "c": "^1.2;~1.2.3;>=1.0.0;>1 <2;1.x;*;!=1.2.3;1.2 - 2;^1.2-0;>=1.2.3-0 || ~0;=1.2.3;bad;<2,>1;^0.0.3;;=>1;1.2.*;>= 1.2, <3",
    "y": "2006-01-02;15:04:05;2006-01-02T15:04:05Z07:00;Jan _2 Mon;02/01/06 3:04PM;.000;MST -0700;002;Monday January;;x",
    "h": "2024-02-29;2020-01-02;12:34:56;1999-12-31T23:59:59Z;bad;2021-13-01;2006-01-02",
    "u": "1h;-1.5h;24h;1m30s;100ms;90;x;-1h;0;1h1m1s1ms;95000;2.5h",
    "p": "a/b.txt;/a/../b;.;;../x;/;a//b/;x.tar.gz;a/./b;.hidden;c/d/",
    "o": "http://u:p@h:80/p?q=1#f;https://example.com;/path;a:b;mailto:x@y;http://[::1]:9/;%zz;//h/p;http://h/a%20b;?x;",
    "g": "a: 1;- 1\\n- b;x: {y: [1, z]};~;a: b: c;\\t;'q';a: |\\n  t\\n;{a: 1, a: 2};a: &x 1\\nb: *x;on: off;1e3;[;--- a;k: 0x10;a:\\n  - b",
    "j": '{};{\\"a\\":1};[1,\\"x\\",null];1;\\"s\\";{;null;{\\"a\\":{\\"b\\":[1.5,1e3]}};[1] x;true;{\\"A\\":1,\\"a\\":2}; {} ',
    "m": "a = 1;[t]\\nx = 'y';a = [1, 2];a = 1\\na = 2;[[t]]\\nn = 1.5;d = 2020-01-01T00:00:00Z;bad;a.b = true;",
    "e": "YWJj;YQ==;YQ;!;;w6k=;YWJj\\n",
    "k": "a;b;x;y;k1;a.b;n1;;name",
    "w": ";,; ;-;.;a;ab;o;\\n;$;/;:;l",
    "x": "%v;%s;%d;%q;%T;%5d|;%-5s|;%05.1f;%x;%X;%t;%c;%U;%e;%g;%G;%+v;%#v;%%;%;%!;%[1]v;%[2]*[1]d;%*d;%6.2f;%+d;% d;%o;%b;%p;%s %d"
    ";%v %v;%.2s;%#x;%#q;%+q;%[3]v;%08b;%O;%-08d;%w;%.3v;%10.3v|;%z",
}
INTEGERS = "0 1 2 3 -1 7 10 100 0x1F 0o17 017 0b11 1_000 'a' '\\n' 'é' 9223372036854775807 -9223372036854775808 4294967296".split()
FLOATS = "0.0 1.5 -2.25 1e3 1e6 1e21 1e-7 .5 3.0 0x1p4 1e300 123456789.0 0.1 100000.0 1E2 2.5 -0.5".split()
SMALL = "0 1 2 3 4 5 8 -1 -2 10".split()


def read_functions():
    by_result = {}
    for line in FUNCTIONS.replace("\n", "|").split("|"):
        words = line.split()
        if not words:
            continue
        arguments = words[1] if len(words) > 2 else ""
        by_result.setdefault(words[-1], []).append((words[0], arguments))
    by_result["l"] += [(f"{name} ", arguments) for name, arguments in by_result.pop("sorted")]
    return by_result


BY_RESULT = read_functions()
ALL = [function for functions in BY_RESULT.values() for function in functions]
FITS = {
    "n": "iif",
    "s": "ssssvhpw",
    "a": "sssnbldai",
}


def pool_of(text):
    return text.replace("\n", ";").split(";")


POOLS = {"s": pool_of(STRINGS), **{letter: text.split(";") for letter, text in SPECIAL.items()}}
POOLS["s"][0] = ""


class Expressions:
    """Makes expressions for one case; paths are those of the values, by type, as `.a.b`."""

    def __init__(self, random, paths):
        self.random = random
        self.paths = paths
        self.variables = []  # (name, type), innermost last
        self.root = "$"

    def make(self, kind, depth=2):
        """An operand of the type, in parentheses where it is a call."""
        random = self.random
        if random.random() < 0.015:
            kind = random.choice("silbdatn")
        if kind == "a":
            kind = random.choice(FITS["a"])
        elif kind == "n":
            kind = random.choice(FITS["n"])
        known = [name for name, its in self.variables if its == kind]
        if known and random.random() < 0.3:
            return random.choice(known)
        if kind in self.paths and random.random() < 0.35:
            return f"{self.root}.Values{random.choice(self.paths[kind])}"
        if depth > 0 and kind in BY_RESULT and random.random() < 0.6:
            return self.call(kind, depth)
        return self.literal(kind, depth)

    def call(self, kind, depth):
        functions = BY_RESULT[kind] if self.random.random() < 0.95 else ALL
        return self.call_of(self.random.choice(functions), depth)

    def call_of(self, function, depth):
        """A call in parentheses, its last argument piped now and then."""
        random = self.random
        name, types = function
        arguments = [self.make(letter, depth - 1) for letter in self.spread(types)]
        if name.strip() in ("fail", "required") and random.random() < 0.8:
            return '"kept"'
        if name == "tpl":
            arguments = [
                random.choice(['"{{ .Values | len }}"', '"{{ $x := 1 }}{{ $x }}"', '"{{ .x.y }}"']),
                self.root,
            ]
        if random.random() < 0.01 and arguments:
            arguments.pop()
        elif random.random() < 0.01:
            arguments.append(self.make("a", 0))
        if arguments and random.random() < 0.4:
            last = arguments.pop()
            text = " ".join([last, "|", name.strip(), *arguments])
        else:
            text = " ".join([name.strip(), *arguments])
        return f"({text} | sortAlpha)" if name.endswith(" ") else f"({text})"

    def spread(self, types):
        """The letters of the arguments, with none to three more where more may come."""
        types = types.replace("s?", "s")
        if types.endswith("*"):
            types = types[:-1] + types[-2] * self.random.choice([0, 0, 1, 2, 3])
        return types

    def literal(self, kind, depth):
        random = self.random
        if kind in POOLS:
            text = random.choice(POOLS[kind])
            if kind == "s" and random.random() < 0.15:
                return "`" + text.replace("`", "'") + "`"
            return f'"{text}"'
        if kind == "i":
            return random.choice(INTEGERS)
        if kind == "N":
            return random.choice(SMALL)
        if kind == "f":
            return random.choice(FLOATS)
        if kind == "b":
            return random.choice(["true", "false"])
        if kind == "t":
            return random.choice(
                ['(toDate "2006-01-02" "2024-02-29")', '(toDate "15:04" "23:59")', "(1700000000 | int64)"]
            )
        if kind == "l":
            letter = random.choice("sssina")
            return (
                "("
                + " ".join(["list", *(self.make(letter, depth - 1) for _ in range(random.randrange(4)))])
                + ")"
            )
        if kind == "d":
            pairs = ((self.literal("k", 0), self.make("a", depth - 1)) for _ in range(random.randrange(3)))
            return "(" + " ".join(["dict", *(word for pair in pairs for word in pair)]) + ")"
        return random.choice(["nil", '"x"', ".", "$", "0"])
