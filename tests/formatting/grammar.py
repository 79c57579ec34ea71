"""Makes statements at random, from the same seed always the same ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from changescript.formatting.lexicon import LEXICONS, Lexicon
from changescript.formatting.scanner import scan

_NAMES = (
    "a",
    "b",
    "id",
    "name",
    "total",
    "status",
    "version",
    "type",
    "role",
    "end1",
    "created_at",
    "a_rather_long_name_of_a_column",
    "user_id",
)
_TABLES = ("account", "t", "orders", "customer", "public.account", "audit_log_of_everything", "u")


@dataclass(frozen=True, slots=True)
class Flavour:
    """What expressions of one dialect look like that others don't have."""

    atoms: tuple[str, ...]
    """Literals, names and parameters."""
    around: tuple[str, ...]
    """Expressions around another one, which takes the place of `{}`."""
    between: tuple[str, ...]
    """Operators."""
    hints: tuple[str, ...] = ("",)
    blanks: tuple[str, ...] = (" ", " ", " ", "  ", "\n", "\n    ", "\t", "\r\n", " \n")
    types: tuple[str, ...] = ("INTEGER", "VARCHAR(50)", "NUMERIC(10,2)", "DATE", "TIMESTAMP")
    tails: tuple[str, ...] = ("",)
    """What may end a query."""


_COMMON_ATOMS = ("1", "-1", "1.5", ".5", "1e5", "0", "'x'", "'it''s'", "''", "NULL", "'two\nlines'", "'-- no'", "'a;b'")
_COMMON_AROUND = (
    "({})",
    "coalesce({}, 0)",
    "CAST({} AS INTEGER)",
    "(SELECT max(b) FROM t WHERE t.a = {})",
    "CASE WHEN {} IS NULL THEN 1 ELSE 'x' END",
    "CASE a WHEN 1 THEN {} WHEN 2 THEN 'y' END",
    "- {}",
    "NOT {}",
    "sum({}) OVER (PARTITION BY a ORDER BY b DESC)",
)
_COMMON_BETWEEN = ("=", "<>", "<", ">=", "+", "-", "*", "/", "||", "AND", "OR", "LIKE", "IS NOT DISTINCT FROM", "=")

FLAVOURS: Mapping[str, Flavour] = {
    "postgresql": Flavour(
        (
            *_COMMON_ATOMS,
            "E'a\\'b\\n'",
            "U&'d\\0061t'",
            "$$it's$$",
            "$q$ $$ -- $q$",
            "B'101'",
            "X'1F'",
            "$1",
            "'a'\n  'b'",
            '"Quoted ""Name"""',
            "1_000",
            "TIMESTAMP WITH TIME ZONE '2024-01-01 00:00:00+00'",
            "interval '1 day'",
            "a[1:2]",
            "a[1][b + 1]",
            "(a).b",
            "ARRAY[1,2,3]",
        ),
        (
            *_COMMON_AROUND,
            "{}::text",
            "{}::numeric(10,2)[]",
            '{} COLLATE "C"',
            "ARRAY[{}, 'x']",
            "a = ANY (ARRAY[{}])",
            "count(*) FILTER (WHERE {})",
            "ROW({}, 1)",
            "EXISTS (SELECT 1 FROM u WHERE {})",
            "extract(epoch FROM {})",
            "{} IN (1, 2, 'x')",
            "{} BETWEEN 1 AND 2",
            "{} BETWEEN SYMMETRIC 1 AND (SELECT 2)",
            "percentile_cont(0.5) WITHIN GROUP (ORDER BY {})",
            "@ {}",
            "f(x => {}, y := 1)",
        ),
        (*_COMMON_BETWEEN, "->", "->>", "#>>", "@>", "<@", "?|", "~*", "!~", "&&", "<->", "OPERATOR(pg_catalog.+)"),
        hints=("", "", "/*+ SeqScan(t) */"),
        blanks=(" ", " ", " ", "  ", "\n", "\n    ", "\t", "\r\n", " \n", " /* a /* nested */ b */ ", " -- why\n"),
        types=("integer", "text[]", "numeric(10,2)", "timestamp(3) with time zone", "varchar(50)", "jsonb"),
        tails=("", " LIMIT 10 OFFSET 5", " FOR UPDATE OF t SKIP LOCKED", " FETCH FIRST 5 ROWS WITH TIES"),
    ),
    "mysql": Flavour(
        (
            *_COMMON_ATOMS,
            "'a\\'b\\\\'",
            '"double"',
            '"it\'s"',
            "N'x'",
            "_utf8mb4'x'",
            "X'1F'",
            "0x1F",
            "b'101'",
            "@v",
            "@@session.sql_mode",
            "`a``b`",
            "`order`",
            "5--1",
            "a.`b`",
            "TIMESTAMP'2024-01-01 00:00:00'",
        ),
        (
            *_COMMON_AROUND,
            "IF({}, 1, 2)",
            "{} IN (1, 2, 'x')",
            "{} BETWEEN 1 AND 2",
            "JSON_EXTRACT({}, '$.a[0]')",
            "CONVERT({} USING utf8mb4)",
            "GROUP_CONCAT(DISTINCT {} ORDER BY a SEPARATOR ', ')",
            "{} COLLATE utf8mb4_bin",
            "DATE_ADD(a, INTERVAL {} DAY)",
            "MATCH (a,b) AGAINST ({} IN BOOLEAN MODE)",
            "! {}",
        ),
        (*_COMMON_BETWEEN, "<=>", "->", "->>", "DIV", "MOD", "XOR", "REGEXP", "&&", "|", "<<", ":="),
        hints=("", "", "/*+ BKA(t) */", "/*! STRAIGHT_JOIN */"),
        blanks=(" ", " ", " ", "  ", "\n", "\n    ", "\t", "\r\n", " /* a */ ", " -- why\n", " # it's\n", " --\n"),
        types=("SIGNED", "CHAR(5)", "DECIMAL(10,2)", "JSON", "INT UNSIGNED"),
        tails=("", " LIMIT 5, 10", " FOR UPDATE", " LOCK IN SHARE MODE"),
    ),
    "sqlite": Flavour(
        (*_COMMON_ATOMS, "x'1F'", "[a b]", "`a`", '"a ""b"""', "?1", ":p", "$p", "@p", "'\\'", "CURRENT_TIMESTAMP"),
        (
            *_COMMON_AROUND,
            "{} IN (1, 2, 'x')",
            "{} BETWEEN 1 AND 2",
            "{} COLLATE NOCASE",
            "json_extract({}, '$.a')",
            "{} NOTNULL",
            "~ {}",
            "iif({}, 1, 2)",
            "{} LIKE 'a\\%' ESCAPE '\\'",
        ),
        (*_COMMON_BETWEEN, "==", "IS", "IS NOT", "GLOB", "->", "->>", "%", "&", "<<"),
        blanks=(" ", " ", " ", "  ", "\n", "\n    ", "\t", "\r\n", " /* a */ ", " -- why\n"),
        tails=("", " LIMIT 5 OFFSET 10", " LIMIT 5, 10"),
    ),
    "mssql": Flavour(
        (
            *_COMMON_ATOMS,
            "N'x'",
            "N'it''s'",
            "0x1F",
            "@v",
            "@@ROWCOUNT",
            "[a]]b]",
            "[order]",
            '"a"',
            "#t.a",
            "'C:\\'",
            "$1.5",
        ),
        (
            *_COMMON_AROUND,
            "CONVERT(VARCHAR(50), {}, 126)",
            "ISNULL({}, 0)",
            "{} COLLATE Latin1_General_CS_AS",
            "{} IN (1, 2, N'x')",
            "{} BETWEEN 1 AND 2",
            "TRY_CAST({} AS DATETIME2(7))",
            "IIF({}, 1, 2)",
            "STRING_AGG({}, N', ') WITHIN GROUP (ORDER BY a)",
        ),
        (*_COMMON_BETWEEN, "!=", "!<", "%", "&", "^", "+="),
        blanks=(" ", " ", " ", "  ", "\n", "\n    ", "\t", "\r\n", " /* a /* b */ c */ ", " -- why\n"),
        tails=("", " OPTION (RECOMPILE)", " ORDER BY a OFFSET 5 ROWS FETCH NEXT 10 ROWS ONLY", " FOR XML PATH('')"),
    ),
    "oracle": Flavour(
        (
            *_COMMON_ATOMS,
            "q'[it's]'",
            "q'{a}b}'",
            "Q'!x'y!'",
            "nq'<a>'",
            "N'x'",
            ":p",
            '"a"',
            "a.b(+)",
            "DATE '2024-01-01'",
            "TIMESTAMP '2024-01-01 00:00:00 +00:00'",
            "INTERVAL '1' DAY",
            "SYSDATE",
            "seq.NEXTVAL",
        ),
        (
            *_COMMON_AROUND,
            "NVL({}, 0)",
            "DECODE({}, 1, 'a', 'b')",
            "TO_CHAR({}, 'YYYY-MM-DD')",
            "{} IN (1, 2, 'x')",
            "{} BETWEEN 1 AND 2",
            "PRIOR {}",
            "LISTAGG({}, ', ') WITHIN GROUP (ORDER BY a)",
            "TREAT({} AS obj)",
            "CURSOR(SELECT {} FROM dual)",
        ),
        (*_COMMON_BETWEEN, "!=", "^=", "MULTISET UNION", "MEMBER OF"),
        hints=("", "/*+ FULL(t) PARALLEL(4) */"),
        blanks=(" ", " ", " ", "  ", "\n", "\n    ", "\t", "\r\n", " /* a */ ", " -- why\n"),
        types=("NUMBER(10)", "VARCHAR2(50 CHAR)", "TIMESTAMP(6) WITH TIME ZONE", "CLOB"),
        tails=("", " FETCH FIRST 5 ROWS ONLY", " FOR UPDATE NOWAIT", " CONNECT BY NOCYCLE PRIOR a = b"),
    ),
}


def generate(dialect: str, count: int) -> list[str]:
    """Return so many statements of a dialect."""
    random = Random(f"{dialect} {count}")  # noqa: S311 - a seed of its own for each dialect
    maker = _Maker(random, FLAVOURS["mysql" if dialect == "mariadb" else dialect], LEXICONS[dialect])
    return [maker.statement() for _ in range(count)]


@dataclass(frozen=True, slots=True)
class _Maker:
    random: Random
    flavour: Flavour
    lexicon: Lexicon

    def statement(self) -> str:
        """Return a statement whose blanks, in one of three, are what an author might have written."""
        makers = [self.query, self.insert, self.update, self.delete, self.table, self.view, self.index, self.alter]
        sql = self.random.choice(makers)()
        return sql if self.random.random() < 2 / 3 else self._reblanked(sql)

    def _reblanked(self, sql: str) -> str:
        """Put odd blanks, and in one of four statements comments, in the place of blanks."""
        comments = self.random.random() < 1 / 4
        blanks = [blank for blank in self.flavour.blanks if comments or blank.isspace()]
        return "".join(self._one(blanks) if token.kind == "blank" else token.text for token in scan(sql, self.lexicon))

    def _one(self, options: tuple[str, ...] | list[str]) -> str:
        return self.random.choice(options)

    def _name(self) -> str:
        return self._one(_NAMES)

    def _list(self, make: str, most: int) -> str:
        return ", ".join(getattr(self, make)() for _ in range(self.random.randint(1, most)))

    def expression(self, depth: int = 0) -> str:
        """Return an expression; whether its types fit nobody asks."""
        dice = self.random.random()
        if depth > self.random.randint(1, 3) or dice < 1 / 4:
            return self._one(self.flavour.atoms) if dice < 1 / 8 else self._name()
        if dice < 1 / 2:
            return self._one(self.flavour.around).format(self.expression(depth + 1))
        return f"{self.expression(depth + 1)} {self._one(self.flavour.between)} {self.expression(depth + 1)}"

    def item(self) -> str:
        """Return what SELECT lists."""
        return self.expression() + self._one(["", f" AS {self._name()}"])

    def source(self) -> str:
        """Return a table of a FROM."""
        return (
            f"{self._one(_TABLES)} {self._one(('x', 'y', 'z'))}"
            if self.random.random() < 3 / 4
            else f"({self.query(2)}) s"
        )

    def query(self, depth: int = 0) -> str:
        """Return a SELECT, perhaps with a CTE, joins, groups and a union."""
        sql = f"SELECT {self._one(self.flavour.hints)} {self._one(['', 'DISTINCT '])}{self._list('item', 4)}"
        sql += f" FROM {self.source()}"
        for _ in range(self.random.randint(0, 2 - bool(depth))):
            join = self._one(["JOIN", "LEFT JOIN", "LEFT OUTER JOIN", "INNER JOIN", "CROSS JOIN"])
            sql += f" {join} {self.source()}" + ("" if join == "CROSS JOIN" else f" ON {self.expression()}")
        sql += self._maybe(f" WHERE {self.expression()}") + self._maybe(
            f" GROUP BY {self._name()} HAVING {self.expression(2)}"
        )
        if not depth:
            sql += self._maybe(f" UNION ALL {self.query(1)}") + self._maybe(f" ORDER BY {self._name()} DESC")
            sql = self._maybe(f"WITH c AS ({self.query(2)}), d (a, b) AS ({self.query(2)}) ") + sql
            sql += self._one(self.flavour.tails)
        return sql

    def _maybe(self, text: str) -> str:
        return text if self.random.random() < 1 / 4 else ""

    def row(self) -> str:
        """Return a row of VALUES."""
        return f"({self._list('expression', 5)})"

    def insert(self) -> str:
        """Return an INSERT of rows, or of a query."""
        columns = self._maybe("(" + ", ".join(_NAMES[: self.random.randint(1, len(_NAMES))]) + ") ")
        rows = f"VALUES {self._list('row', 4)}" if self.random.random() < 2 / 3 else self.query()
        return f"INSERT INTO {self._one(_TABLES)} {columns}{rows}"

    def assignment(self) -> str:
        """Return a column's new value."""
        return f"{self._name()}{self._one(['=', ' = '])}{self.expression(1)}"

    def update(self) -> str:
        """Return an UPDATE."""
        return f"UPDATE {self._one(_TABLES)} SET {self._list('assignment', 4)}" + f" WHERE {self.expression()}"

    def delete(self) -> str:
        """Return a DELETE."""
        return f"DELETE FROM {self._one(_TABLES)} WHERE {self.expression()}"

    def column(self) -> str:
        """Return a column of a new table."""
        rest = [f" DEFAULT {self._one(self.flavour.atoms)}", " NOT NULL", " REFERENCES u (id) ON DELETE SET NULL", ""]
        return f"{self._name()} {self._one(self.flavour.types)}{self._one(rest)}" + self._maybe(
            f" CHECK ({self.expression(1)})"
        )

    def table(self) -> str:
        """Return a CREATE TABLE."""
        constraint = self._maybe(f", CONSTRAINT ck CHECK ({self.expression()})") + self._maybe(", PRIMARY KEY (id)")
        return f"CREATE TABLE {self._one(_TABLES)} ({self._list('column', 6)}{constraint})"

    def view(self) -> str:
        """Return a CREATE VIEW."""
        return f"CREATE VIEW v{self._maybe(' (a, b, c)')} AS {self.query()}"

    def index(self) -> str:
        """Return a CREATE INDEX."""
        return (
            f"CREATE {self._maybe('UNIQUE ')}INDEX ix_{self._name()} ON {self._one(_TABLES)} "
            f"({self._name()} DESC, ({self.expression(2)})){self._maybe(f' WHERE {self.expression()}')}"
        )

    def alter(self) -> str:
        """Return an ALTER TABLE."""
        actions = [
            f"ADD COLUMN {self.column()}",
            f"ALTER COLUMN {self._name()} SET DEFAULT {self.expression(2)}",
            f"ADD CONSTRAINT ck CHECK ({self.expression()})",
            f"DROP COLUMN {self._name()}",
        ]
        return f"ALTER TABLE {self._one(_TABLES)} " + ", ".join(actions[: self.random.randint(1, len(actions))])
