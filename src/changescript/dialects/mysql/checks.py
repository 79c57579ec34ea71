"""The check that a script's frame repeats: MySQL has no anonymous block, so it is made of prepared statements.

Needs no privilege, no procedure and no table of its own. Its state is in user variables:

    errors    how many statements and checks have failed; once one has, no check passes any more
    word      REFUSED until a check has passed, FAILED from then on
    at        the rows of the version table, NULL if they could not be read
    needs     what they must be
    target    what the script leaves
    wrong     what else is not as it should be
    says      what the check finds: '' if all is well, NULL if it could not be made
    next      what then happens: the catch is released; or a routine is called that does not exist and whose name
              says why, which is an error in MySQL 5.7, 8 and MariaDB alike
    end       how a transaction ends
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from changescript.model import Heads

# Counted for a client that goes on after errors (mysql -f, source): @@error_count is that of the statement before.
ERRORS = "SET @changescript_errors = @changescript_errors + @@error_count;"

# The catch: in a read-only session the server refuses every write and all DDL, and even to prepare a FOR UPDATE.
# SET reads user variables as they were before it. The literal with a line end in it shows whether those were changed.
# GET_LOCK's names hold for the whole server, and like those of routines have at most 64 characters.
OPENING_CHECKS = """
SET SESSION TRANSACTION READ ONLY;
SET @changescript_errors = 0, @changescript_word = 'REFUSED', @changescript_target = {target},
    @changescript_at = NULL, @changescript_says = NULL, @changescript_wrong = '',
    @changescript_needs = '', @changescript_message = '';
SET @changescript_alone = CONCAT('changescript ', LEFT(SHA2(CONCAT({lock_scope}), 256), 40));
SET @changescript_heads = {heads};
SET @changescript_locked = CONCAT(@changescript_heads, ' FOR UPDATE');
SET @changescript_now = IF(
    EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = {schema} AND table_name = {table}),
    @changescript_heads, 'SET @changescript_at = '''''
);
PREPARE changescript_look FROM @changescript_now;
PREPARE changescript_judge FROM '
SELECT CASE
    WHEN DATABASE() IS NULL THEN ''REFUSED: no database is selected''
{wrong_server}    WHEN LENGTH(''
'') <> 1 THEN ''REFUSED: the line ends of this file have been changed''
    WHEN @changescript_errors > 0 THEN
        CONCAT(@changescript_word, '': a statement or check before this one has failed'')
    WHEN COALESCE(GET_LOCK(@changescript_alone, 2), 0) <> 1 THEN
        CONCAT(''REFUSED: another script is running in database "'', DATABASE(), ''"'')
    WHEN @changescript_at IS NULL THEN CONCAT(@changescript_word, '': alembic_version can not be read'')
    WHEN CAST(@changescript_at AS BINARY) = CAST(@changescript_needs AS BINARY) THEN
        IF(@changescript_wrong = '''', '''', CONCAT(@changescript_word, '': '', @changescript_wrong))
    WHEN @changescript_word = ''REFUSED''
        AND CAST(@changescript_at AS BINARY) = CAST(@changescript_target AS BINARY)
    THEN CONCAT(
        ''REFUSED: database "'', DATABASE(), ''" is already at '',
        COALESCE(NULLIF(@changescript_at, ''''), ''base''), '', nothing to do''
    )
    ELSE CONCAT(
        @changescript_word, '': database "'', DATABASE(), ''" is at '',
        COALESCE(NULLIF(@changescript_at, ''''), ''base''),
        '', this script needs '', COALESCE(NULLIF(@changescript_needs, ''''), ''base'')
    )
END INTO @changescript_says';
PREPARE changescript_decide FROM '
SET @changescript_message = COALESCE(@changescript_says, ''FAILED: the check could not be made''),
    @changescript_next = IF(
        @changescript_says = '''',
        ''SET SESSION TRANSACTION READ WRITE'',
        CONCAT(
            ''CALL `'',
            RTRIM(LEFT(REPLACE(REPLACE(REPLACE(
                COALESCE(@changescript_says, ''FAILED: the check could not be made''),
                CONCAT(''database "'', COALESCE(DATABASE(), ''''), ''" is ''), ''''
            ), ''this script '', ''''), ''`'', ''''), 64)),
            ''`()''
        )
    ),
    @changescript_end = IF(@changescript_says = '''', ''COMMIT'', ''ROLLBACK''),
    @changescript_errors = @changescript_errors + (COALESCE(@changescript_says, ''?'') <> ''''),
    @changescript_word = IF(@changescript_says = '''', ''FAILED'', @changescript_word),
    @changescript_at = NULL, @changescript_says = NULL, @changescript_wrong = ''''';
PREPARE changescript_say FROM '
SELECT @changescript_message AS message FROM DUAL WHERE @changescript_message <> ''''';
""".strip()

LOOK_AGAIN = "PREPARE changescript_look FROM @changescript_heads;"
"""Once the version table is there."""

# The catch is on again for whatever stands behind the transaction, however that ends.
START_TRANSACTION = """
START TRANSACTION;
SET SESSION TRANSACTION READ ONLY;
PREPARE changescript_lock FROM @changescript_locked; EXECUTE changescript_lock;
""".strip()


def check(needs: Heads, condition: str = "", otherwise: str = "", *, besides: str = "") -> list[str]:
    """Return the check that the version rows are what is needed, and that the condition holds, if there is one.

    `besides` is a statement that may leave in @changescript_wrong what else is wrong.
    """
    return [
        f"SET SESSION TRANSACTION READ ONLY; {_asked(needs)}",
        *([f"SET @changescript_wrong = IF(\n    {condition},\n    '', {literal(otherwise)}\n);"] if condition else []),
        *([besides] if besides else []),
        "EXECUTE changescript_look; EXECUTE changescript_judge; EXECUTE changescript_decide;",
        _said_and_done("next"),
    ]


def end_of_transaction(after: Heads) -> list[str]:
    """Return the proof that the version rows, now locked, are what they should be, and COMMIT or ROLLBACK."""
    return [
        _asked(after),
        "EXECUTE changescript_lock; EXECUTE changescript_judge; EXECUTE changescript_decide;",
        _said_and_done("end"),
    ]


def _asked(needs: Heads) -> str:
    return f"SET @changescript_needs = {literal(', '.join(needs))};"


def _said_and_done(what: str) -> str:
    prepared = f"changescript_{what}"
    return f"EXECUTE changescript_say; PREPARE {prepared} FROM @{prepared}; EXECUTE {prepared};"


def literal(text: str) -> str:
    """Return the text as a literal."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"
