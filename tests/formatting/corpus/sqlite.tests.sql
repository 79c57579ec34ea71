#
;;
#     INSERT INTO t3 SELECT randstr(100, 100), randstr(100, 100) FROM t3
;;
#    SELECT b FROM t4 UNION SELECT b FROM v4 ORDER BY 1 COLLATE blob
;;
#  SELECT a, b
#  FROM t1 FULL JOIN t2 ON a IS NULL
#  ORDER BY coalesce(a,b,3)
;;
--    2
  INSERT INTO t1 SELECT rblob(500), rblob(500) FROM t1
;;
--   16
    INSERT INTO t1 SELECT rblob(500), rblob(500) FROM t1
;;
--  2
    INSERT INTO t2 SELECT a_string(200), a_string(300) FROM t2
;;
-- 0
    UPDATE tbl SET d = 4 WHERE a = 0
;;
-- 16
      INSERT INTO t1 SELECT NULL, randomblob(1500) FROM t1
;;
-- 2
  INSERT INTO tt VALUES('b e f d e g', 'b a c b c g')
;;
-- 32
    INSERT INTO t2 SELECT a_string(200), a_string(300) FROM t2
-- 64
;;
-- 64
    INSERT INTO t1 SELECT * FROM t1
;;
-- Construct a table with many rows of data
    CREATE TABLE t1(x)
;;
-- Ok
    CREATE TABLE child2(h, i REFERENCES parent(b))
;;
-- Verify quoted identifier names
    CREATE INDEX i1xy ON t1(`x`,'y' ASC)
;;
-- make this into a free slot
  INSERT INTO t1 VALUES(randomblob(27))
;;
-- this one will be corrupt
  INSERT INTO t1 VALUES(randomblob(800))
;;
/*   128 */
      INSERT INTO t1 SELECT randomblob(900) FROM t1
;;
/*  256 */
      INSERT INTO t1 SELECT a_string(800) FROM t1
;;
/* 1024 */
      INSERT INTO t1 SELECT randomblob(400) FROM t1
;;
/* 32 */
    INSERT INTO t1 SELECT blob(900) FROM t1
;;
/* root page = 2 */
    CREATE TABLE t2(x)
;;
ALTER TABLE abc RENAME TO y1_segments
;;
ALTER TABLE generate_series ADD COLUMN col2
;;
ALTER TABLE pragma_compile_options RENAME  start TO flubber
;;
ALTER TABLE t1 ADD COLUMN c DEFAULT 3
;;
ALTER TABLE t1 DROP c
;;
ALTER TABLE t1 RENAME a to othername
;;
ALTER TABLE t1x RENAME q TO x
;;
ALTER TABLE t2 RENAME TO t2new
;;
ALTER TABLE t3651 ADD COLUMN b PRIMARY KEY
;;
ALTER TABLE tbl RENAME TO tbl2
;;
ALTER TABLE xyz RENAME TO ott
;;
ATTACH '' AS noname
;;
ATTACH 'test.db' AS utf16
;;
ATTACH 'test.db3' AS aux2
;;
ATTACH 'test3.db' AS test3
;;
ATTACH DATABASE 'test2.db' AS db2
;;
CREATE INDEX IF NOT EXISTS x2 ON t1(a || 0) WHERE b
;;
CREATE INDEX PARTITIONS_TQUNID on PARTITIONS (TQUNID)
;;
CREATE INDEX aux.i2 ON t2(e)
;;
CREATE INDEX bbb_333 ON bbb (fk, lastModified)
;;
CREATE INDEX collate3t1_i1 ON collate3t1(c1)
;;
CREATE INDEX e1c ON e1(c)
;;
CREATE INDEX i0 ON t0(ABS(c0))
;;
CREATE INDEX i1 ON t1(a, b) WHERE d IS NOT NULL
;;
CREATE INDEX i1 ON t1(x, y)
;;
CREATE INDEX i1_b ON t1(x COLLATE collB)
;;
CREATE INDEX i2 ON t1(e)
;;
CREATE INDEX i2 ON t7(a)
;;
CREATE INDEX i3 ON t2(d)
;;
CREATE INDEX i42 ON t4(f)
;;
CREATE INDEX i8c ON t8b(y) WHERE x = 'value'
;;
CREATE INDEX ii ON ttt(CAST(c0 AS NUMERIC))
;;
CREATE INDEX ix6 on tx1(ftype,fp,fyear DESC,cid,sid,edate DESC,a1,fid,aid,curx,est,rstat,cx,acode,tdate,gstat,trgtpx,effdate,adate,ytime,mstat)
;;
CREATE INDEX lpki on lineitem(L_ORDERKEY, L_LINENUMBER)
;;
CREATE INDEX nrki on nation(n_regionkey)
;;
CREATE INDEX sheep_reg_flock_index  
           ON sheep (registering_flock)
;;
CREATE INDEX t1400x ON t1400(1)
;;
CREATE INDEX t1a2 ON t1(a2, a1)
;;
CREATE INDEX t1bca ON t1(b,c,a)
;;
CREATE INDEX t1i3 ON t1(a,b)
;;
CREATE INDEX t1x2 ON t1(b)
;;
CREATE INDEX t2a ON t2(a)
;;
CREATE INDEX t2expr ON t2(a) WHERE t2.b>0
;;
CREATE INDEX t2x12 on t2 (notional)
;;
CREATE INDEX t302_c3 on t302(c3)
;;
CREATE INDEX t3i1 ON t3(a)
;;
CREATE INDEX t4ab ON t4(a, b)
;;
CREATE INDEX t5ab ON t5(a, b)
;;
CREATE INDEX t5xg ON t5(x, g)
;;
CREATE INDEX t7a ON t7(a)
;;
CREATE INDEX tc2 ON t(c2)
;;
CREATE INDEX vbde on v(b,d,e)
;;
CREATE INDEX x2j ON x2(j)
;;
CREATE TABLE "test" ("letter" VARCHAR(1) PRIMARY KEY, "number" INTEGER NOT NULL)
;;
CREATE TABLE A_B (B_id INTEGER NOT NULL, A_id INTEGER)
;;
CREATE TABLE Folders(
      folderid INTEGER PRIMARY KEY, 
      parentid INTEGER, 
      rootid INTEGER, 
      path VARCHAR(255)
    )
;;
CREATE TABLE INVITATIONNODES(INVITATIONID text(50) not null, RECIPIENTNODEID text(50) not null, DATECREATED text(25) not null, constraint PK_INVITATIONNODES primary key (INVITATIONID, RECIPIENTNODEID))
;;
CREATE TABLE PARTICIPANTS(CLASSID int null, SEQNO int not null, LASTMODONNODEID text(50) not null, PREVMODONNODEID text(50) null, ISSUEID text(50) not null, OBJECTID text(50) not null, REVISIONNUM int not null, CONTAINERID text(50) not null, AUTHORID text(50) not null, CREATIONDATE text(25) null, LASTMODIFIEDDATE text(25) null, UPDATENUMBER int null, PREVREVISIONNUM int null, LASTCMD int null, LASTCMDACLVERSION int null, USERDEFINEDFIELD text(300) null, LASTMODIFIEDBYID text(50) null, PARTICIPANTSTATE int not null, PARTICIPANTROLE int not null, PARTICIPANTTEAM int not null, ISREQUIREDMEMBER text(1) null, USERID text(50) null, ISAGENT text(1) null, NAME text(150) not null, EMAILADDRESS text(200) not null, ISEMAILONLY text(1) not null, INVITATION text null, ACCEPTRESENDCOUNT int null, ACCEPTRESENDTIMEOUT text(25) null, ACCEPTLASTSENTTONODEID text(50) null, constraint PK_PARTICIPANTS primary key (ISSUEID, OBJECTID))
;;
CREATE TABLE Table2b (Col0  NOT NULL  DEFAULT (CURRENT_TIME  IS NOT FALSE))
;;
CREATE TABLE a0 AS SELECT 0
;;
CREATE TABLE ab(a, b, PRIMARY KEY(a,b)) WITHOUT rowid
;;
CREATE TABLE abc_mirror(a, b, c)
;;
CREATE TABLE aux.log(v)
;;
CREATE TABLE aux.t2(c, d)
;;
CREATE TABLE aux.y1(one, two, three INTEGER PRIMARY KEY)
;;
CREATE TABLE aux3.t3(x,y)
;;
CREATE TABLE b1(a TEXT)
;;
CREATE TABLE blob(
    rid INTEGER PRIMARY KEY,
    rcvid INTEGER,
    size INTEGER,
    uuid TEXT UNIQUE NOT NULL,
    content BLOB,
    CHECK( length(uuid)>=40 AND rid>0 )
  )
;;
CREATE TABLE c1(a, b REFERENCES p1)
;;
CREATE TABLE c1(x, y COLLATE nocase, z)
;;
CREATE TABLE c2(x, FOREIGN KEY (x) REFERENCES p1)
;;
CREATE TABLE c5(a, b, c,
      FOREIGN KEY(a, b, c) REFERENCES parent DEFERRABLE
    )
;;
CREATE TABLE cc1(y REFERENCES pp1 DEFERRABLE INITIALLY DEFERRED)
;;
CREATE TABLE child2 ( child2key NVARCHAR, value NVARCHAR )
;;
CREATE TABLE collate2t1(
      a COLLATE BINARY, 
      b COLLATE NOCASE, 
      c COLLATE BACKWARDS
    )
;;
CREATE TABLE collate4t4(a COLLATE NOCASE, b COLLATE TEXT)
;;
CREATE TABLE d1(n int, log int)
;;
CREATE TABLE dbstat(x, y)
;;
CREATE TABLE e1(x,y,UNIQUE(y,substr(x,1,5)))
;;
CREATE TABLE f_rules(a, b, c, d, e)
;;
CREATE TABLE hist(x INTEGER PRIMARY KEY, cnt INTEGER)
;;
CREATE TABLE jkl(j, k, l)
;;
CREATE TABLE log(a INTEGER PRIMARY KEY,b,c)
;;
CREATE TABLE m(a)
;;
CREATE TABLE map(k, v)
;;
CREATE TABLE node(
      id int not null primary key, 
      pid int not null default 0 references node,
      key varchar not null, 
      path varchar default '',
      unique(pid, key)
      )
;;
CREATE TABLE p(a UNIQUE)
;;
CREATE TABLE p4(a PRIMARY KEY, b)
;;
CREATE TABLE path ( idPath integer primary key, strPath text, strContent text, strScraper text, strHash text, scanRecursive integer, useFolderNames bool, strSettings text, noUpdate bool, exclude bool, dateAdded text)
;;
CREATE TABLE q2(d NUMBER, e BLOB)
;;
CREATE TABLE real_t22(p,q)
;;
CREATE TABLE sheep (
    Sheep_No char(7) NOT NULL,
    Date_of_Birth char(8),
    Sort_DoB text,
    Flock_Book_Vol char(2),
    Breeder_No char(6),
    Breeder_Person integer,
    Originating_Flock char(6),
    Registering_Flock char(6),
    Tag_Prefix char(9),
    Tag_No char(15),
    Sort_Tag_No integer,
    Breeders_Temp_Tag char(15),
    Sex char(1),
    Sheep_Name char(32),
    Sire_No char(7),
    Dam_No char(7),
    Register_Code char(1),
    Colour char(48),
    Colour_Code char(2),
    Pattern_Code char(8),
    Horns char(1),
    Litter_Size char(1),
    Coeff_of_Inbreeding real,
    Date_of_Registration text,
    Date_Last_Changed text,
    UNIQUE(Sheep_No))
;;
CREATE TABLE t(c1 INTEGER, c2 INTEGER)
;;
CREATE TABLE t0(
    c0,
    c1 INTEGER PRIMARY KEY,
    c3 BLOB GENERATED ALWAYS AS (1), 
    c2 BLOB UNIQUE DEFAULT x'00',
    FOREIGN KEY(c1) REFERENCES t0(c2)
  )
;;
CREATE TABLE t0(c0 CHECK(((0, 0) > (0, c0))))
;;
CREATE TABLE t0(c0 TEXT PRIMARY KEY)
;;
CREATE TABLE t1 (a DOUBLE PRIMARY KEY)
;;
CREATE TABLE t1(
       a int PRIMARY KEY,
       b int PRIMARY KEY,
       c text
    )
;;
CREATE TABLE t1(
    a TEXT     COLLATE NOCASE,
    b          COLLATE REVERSE,
    c INTEGER,
    d BLOB
  )
;;
CREATE TABLE t1(
   a NOT NULL DEFAULT 'aaa',
   b AS(c) NOT NULL,
   c NOT NULL DEFAULT 'ccc')
;;
CREATE TABLE t1(a INT PRIMARY KEY, b TEXT, c TEXT, d INT) WITHOUT ROWID
;;
CREATE TABLE t1(a INTEGER PRIMARY KEY ON CONFLICT ABORT, b)
;;
CREATE TABLE t1(a INTEGER PRIMARY KEY, b TEXT, c TEXT, d INTEGER)
;;
CREATE TABLE t1(a INTEGER, b INTEGER)
;;
CREATE TABLE t1(a PRIMARY KEY, x)
;;
CREATE TABLE t1(a TEXT, b INT, c INT NOT NULL, PRIMARY KEY(a,b,c))
;;
CREATE TABLE t1(a text, b text, c text)
;;
CREATE TABLE t1(a, b UNIQUE)
;;
CREATE TABLE t1(a, b, c, d, UNIQUE (b))
;;
CREATE TABLE t1(a,b,c,d,e)
;;
CREATE TABLE t1(abcd, efgh)
;;
CREATE TABLE t1(i INTEGER PRIMARY KEY AUTOINCREMENT, j)
;;
CREATE TABLE t1(id int, value text)
;;
CREATE TABLE t1(t)
;;
CREATE TABLE t1(x INTEGER PRIMARY KEY, y INTEGER)
;;
CREATE TABLE t1(x UNIQUE, y UNIQUE, z UNIQUE)
;;
CREATE TABLE t1(y)
;;
CREATE TABLE t10b(x INTEGER PRIMARY KEY AUTOINCREMENT, y UNIQUE)
;;
CREATE TABLE t12(x)
;;
CREATE TABLE t15(x TEXT COLLATE nocase, y, PRIMARY KEY(x))
;;
CREATE TABLE t19c(x TEXT)
;;
CREATE TABLE t1x(a INTEGER, b TEXT, c REAL)
;;
CREATE TABLE t2 AS 
      SELECT DISTINCT log FROM t1
      UNION ALL
      SELECT n FROM t1 WHERE log=2
;;
CREATE TABLE t2(
     a INTEGER PRIMARY KEY,
     b BOOLEAN DEFAULT(not true),
     c BOOLEAN DEFAULT(not false)
  )
;;
CREATE TABLE t2(a INTEGER PRIMARY KEY, b) WITHOUT ROWID
;;
CREATE TABLE t2(a TEXT, b INT, c INT, d INT,
                  PRIMARY KEY(a,b,c))
;;
CREATE TABLE t2(a, b, c, PRIMARY KEY(a)) WITHOUT ROWID
;;
CREATE TABLE t2(b INT, c INT)
;;
CREATE TABLE t2(c INTEGER PRAGMA KEY, d)
;;
CREATE TABLE t2(d INTEGER PRIMARY KEY)
;;
CREATE TABLE t2(k2 INTEGER PRIMARY KEY, v2)
;;
CREATE TABLE t2(x INTEGER PRIMARY KEY ON CONFLICT IGNORE, y)
;;
CREATE TABLE t2(x int, y int)
;;
CREATE TABLE t2(y PRIMARY KEY) WITHOUT ROWID
;;
CREATE TABLE t2250(a, b)
;;
CREATE TABLE t3
;;
CREATE TABLE t3(a INT PRIMARY KEY, j, k, l, m)
;;
CREATE TABLE t3(a REFERENCES t1, b REFERENCES t2, c REFERENCES t1)
;;
CREATE TABLE t3(a, b, c, PRIMARY KEY(a, b)) WITHOUT ROWID
;;
CREATE TABLE t3(c)
;;
CREATE TABLE t3(g, h, i, 
        FOREIGN KEY (h, i) 
        REFERENCES t1(b, c) ON UPDATE CASCADE ON DELETE CASCADE
    )
;;
CREATE TABLE t3(t)
;;
CREATE TABLE t3(x,y)
;;
CREATE TABLE t35a(x)
;;
CREATE TABLE t4 (d)
;;
CREATE TABLE t4(a PRIMARY KEY, b) WITHOUT ROWID
;;
CREATE TABLE t4(a,b,c,d,e, PRIMARY KEY(a,b,c))
;;
CREATE TABLE t4(id INTEGER, data TEXT)
;;
CREATE TABLE t400(a INTEGER PRIMARY KEY, b, c)
;;
CREATE TABLE t5 (val int, period text PRIMARY KEY)
;;
CREATE TABLE t5(a INTEGER)
;;
CREATE TABLE t5(c, d, b, e, a, PRIMARY KEY(a, b, c)) WITHOUT ROWID
;;
CREATE TABLE t5(y,m)
;;
CREATE TABLE t6(a INTEGER PRIMARY KEY, b)
;;
CREATE TABLE t6(a,b,c,
      FOREIGN KEY (b,c) REFERENCES t4(x)
    )
;;
CREATE TABLE t6(y INTEGER)
;;
CREATE TABLE t6b(y INTEGER PRIMARY KEY)
;;
CREATE TABLE t7(c, d , UNIQUE(c), PRIMARY KEY(c, d) )
;;
CREATE TABLE t71(x1 INTEGER PRIMARY KEY, y1)
;;
CREATE TABLE t8(a, b)
;;
CREATE TABLE t9 AS
    SELECT id, h, g, f, e, d, c, b, a
      FROM t1
      NATURAL FULL JOIN t2
      NATURAL FULL JOIN t3
      NATURAL FULL JOIN t4
      NATURAL FULL JOIN t5
      NATURAL FULL JOIN t6
      NATURAL FULL JOIN t7
      NATURAL FULL JOIN t8
;;
CREATE TABLE tA(
      a, b, c, d, e, f, g, h, 
      i, j, k, l, m, n, o, p
    )
;;
CREATE TABLE tablet8(
       a integer primary key,
       tm text DEFAULT CURRENT_TIME,
       dt text DEFAULT CURRENT_DATE,
       dttm text DEFAULT CURRENT_TIMESTAMP
    )
;;
CREATE TABLE tbl2(a, b, c)
;;
CREATE TABLE template(a, b, c)
;;
CREATE TABLE test2(g1 real, g2 real)
;;
CREATE TABLE treal(a VARCHAR(16), b INTEGER, c FLOAT)
;;
CREATE TABLE tx(a, b)
;;
CREATE TABLE up(
      c00, c01, c02, c03, c04, c05, c06, c07, c08, c09,
      c10, c11, c12, c13, c14, c15, c16, c17, c18, c19,
      c20, c21, c22, c23, c24, c25, c26, c27, c28, c29,
      c30, c31, c32, c33, c34, c35, c36, c37, c38, c39,
      PRIMARY KEY(c34, c35)
    ) WITHOUT rowid
;;
CREATE TABLE window(x, window)
;;
CREATE TABLE x1(a INTEGER PRIMARY KEY, b UNIQUE, c UNIQUE)
;;
CREATE TABLE x1_rules(ruleset, cFrom, cTo, cost)
;;
CREATE TABLE x3(y)
;;
CREATE TABLE y1(a INTEGER, b)
;;
CREATE TABLE zeus(a INTEGER COLLATE NOCASE, b, PRIMARY KEY(a, b))
;;
CREATE TEMP TABLE t1(a, b, c)
;;
CREATE TEMP TABLE t3(x UNIQUE)
;;
CREATE TEMP TABLE tt1(a, b)
;;
CREATE TEMP TRIGGER t1_b AFTER INSERT ON t1 BEGIN
        INSERT INTO log VALUES('b', new.a, new.b);
      END
;;
CREATE TEMP TRIGGER x1 AFTER UPDATE ON tbl BEGIN
      INSERT INTO log VALUES('after update', new.a, new.b);
    END
;;
CREATE TRIGGER "tr1" DELETE ON t1 BEGIN
            SELECT * FROM sqlite_master;
         END
;;
CREATE TRIGGER a AFTER INSERT ON t1 BEGIN INSERT INTO t2 VALUES(new.x); END
;;
CREATE TRIGGER before_delete INSTEAD OF DELETE ON abcd BEGIN
    INSERT INTO tlog VALUES(NULL, 
	old.a, old.b, old.c, old.d, 0, 0, 0, 0);
  END
;;
CREATE TRIGGER h BEFORE DELETE ON t2 BEGIN DELETE FROM t3 WHERE 1; END
;;
CREATE TRIGGER r1 AFTER DELETE ON y1 FOR EACH ROW BEGIN
      INSERT INTO y3(c) SELECT b FROM y2 ORDER BY b LIMIT 1;
    END
;;
CREATE TRIGGER r1 AFTER UPDATE OF x ON t1 BEGIN
        SELECT '___update_t1.x___';
      END
;;
CREATE TRIGGER r2 BEFORE INSERT ON t1 BEGIN
      UPDATE log2 SET y=y+1 WHERE x=new.b;
      INSERT OR IGNORE INTO log2 VALUES(new.b,1);
    END
;;
CREATE TRIGGER r5 AFTER INSERT ON t5 BEGIN
      SELECT 'no-op';
    END
;;
CREATE TRIGGER t1_bd BEFORE DELETE ON t1 BEGIN 
      DELETE FROM t1_mirror WHERE a = old.a;
    END
;;
CREATE TRIGGER t2r1 BEFORE INSERT ON t2 BEGIN
      INSERT INTO t2dup(a,b,c) VALUES(new.a,new.b,new.c);
    END
;;
CREATE TRIGGER t3t AFTER INSERT ON t3 WHEN new.t3_d IS NULL BEGIN
    UPDATE t3 SET t3_d = (
      SELECT d FROM 
        (SELECT * FROM t2 WHERE (new.t3_a%2)=(rowid%2) LIMIT 10),
        (SELECT * FROM t1 WHERE (new.t3_a%2)=(rowid%2) LIMIT 10)
      WHERE a = new.t3_a AND b = c
    ) WHERE t3_a = new.t3_a;
  END
;;
CREATE TRIGGER t7t BEFORE UPDATE ON t7 WHEN (old.rowid!=1 OR new.rowid!=8)
    BEGIN
      UPDATE t7 set rowid = 8 WHERE rowid=1;
    END
;;
CREATE TRIGGER tr AFTER INSERT ON t1 BEGIN
    UPDATE t1 SET c = v FROM map WHERE k=new.a AND a=new.a;
  END
;;
CREATE TRIGGER tr1 AFTER INSERT ON t1 BEGIN
    SELECT 1;
  END
;;
CREATE TRIGGER tr2 AFTER INSERT ON t1 BEGIN
    INSERT INTO x2 VALUES(
        new.a REGEXP 'def',
        new.b REGEXP 'def',
        new.c REGEXP 'def'
    );
  END
;;
CREATE TRIGGER trig BEFORE INSERT ON echo_strings BEGIN
        SELECT 1, 2, 3;
      END
;;
CREATE TRIGGER trigger0 BEFORE DELETE ON t0 BEGIN
   SELECT (SELECT c0,c1  FROM t0)  FROM t0;
  END
;;
CREATE TRIGGER v2ins INSTEAD OF INSERT ON v2 BEGIN
    INSERT INTO t1(a,b,c,d) VALUES(new.a, new.b, new.c, new.d);
  END
;;
CREATE UNIQUE INDEX collate4i1 ON collate4t1(a COLLATE NOCASE)
;;
CREATE UNIQUE INDEX i2 ON t1(a)
;;
CREATE UNIQUE INDEX ix_tvshowlinkpath_1 ON tvshowlinkpath ( idShow, idPath )
;;
CREATE UNIQUE INDEX t1x ON t1(x) WHERE x=1
;;
CREATE UNIQUE INDEX t3bpi ON t3(b) WHERE c<=d
;;
CREATE UNIQUE INDEX test800i0 ON t0(0 || c1)
;;
CREATE VIEW aux.v1 AS SELECT * FROM t3
;;
CREATE VIEW t2 AS 
    SELECT * FROM t2_a 
    UNION ALL 
    SELECT * FROM t2_b
;;
CREATE VIEW terms_v AS 
  SELECT term, documents, occurrences FROM terms WHERE col = '*'
;;
CREATE VIEW v0(c) AS SELECT t2.b FROM t1 LEFT JOIN t2
;;
CREATE VIEW v1 AS SELECT * FROM nosuchtable
;;
CREATE VIEW v1 AS SELECT a, b FROM t3 EXCEPT SELECT 1, 'one'
;;
CREATE VIEW v1024 AS SELECT * FROM v512 UNION SELECT * FROM v512
;;
CREATE VIEW v2 AS
  SELECT c.id, v1.apr
  FROM customer c
  LEFT JOIN v1 ON v1.id=c.id
;;
CREATE VIEW v2(b) AS SELECT * FROM v2
;;
CREATE VIEW v3 AS SELECT x*100+y FROM t3
;;
CREATE VIEW v8 AS SELECT NTILE(256) OVER (ORDER BY total) - 1 AS nt FROM t8
;;
CREATE VIEW vvv AS WITH x AS (WITH y AS (SELECT * FROM x) SELECT 1) SELECT 1
;;
CREATE VIRTUAL TABLE abc2 USING echo(abc)
;;
CREATE VIRTUAL TABLE e5 USING echo_v2(t5)
;;
CREATE VIRTUAL TABLE fff USING fts5(f)
;;
CREATE VIRTUAL TABLE ft1 USING fts5(one, two)
;;
CREATE VIRTUAL TABLE ok USING zipfile('test.zip')
;;
CREATE VIRTUAL TABLE t0 USING fts4(order=desc)
;;
CREATE VIRTUAL TABLE t1 USING fts3(a, content="")
;;
CREATE VIRTUAL TABLE t1 USING fts4(a, order=DESC)
;;
CREATE VIRTUAL TABLE t1 USING tcl("vtab_cmd t1 {a b}")
;;
CREATE VIRTUAL TABLE t2 USING echo(t0)
;;
CREATE VIRTUAL TABLE t2 USING fts4(x, y, notindexed=x)
;;
CREATE VIRTUAL TABLE t3 USING fts4(tokenize="")
;;
CREATE VIRTUAL TABLE t4 USING tcl('vtab_simple_integer')
;;
CREATE VIRTUAL TABLE t9 USING fts4
;;
CREATE VIRTUAL TABLE temp.t1 USING csv(
    data=
'a,b,"mix-bloom-eel","soft opinion"
1,2,3,4
5,6,7,8
9,10,11,12
13,14,15,16
',
    header=false
  )
;;
CREATE VIRTUAL TABLE temp.xyz USING swarmvtab(
    'VALUES
        (''test.db1'', ''t1'', 1, 10),
        (''test.db2'', ''t1'', 11, 20)
    ', 'fetch_db_no_such_function'
  )
;;
CREATE VIRTUAL TABLE u1 USING unionvtab("VALUES(NULL, 't1', 1, 100)")
;;
CREATE VIRTUAL TABLE x1 USING tcl(tcl_command)
;;
CREATE VIRTUAL TABLE y1 USING fts3
;;
DELETE FROM abc WHERE a = 4
;;
DELETE FROM c6
;;
DELETE FROM high
;;
DELETE FROM p3 WHERE a=1
;;
DELETE FROM sqlite_master WHERE name='t1'
;;
DELETE FROM t1 ORDER BY x LIMIT 30, 50
;;
DELETE FROM t1 WHERE a = 4
;;
DELETE FROM t1 WHERE b='b-21'
;;
DELETE FROM t1 WHERE rowid = 2
;;
DELETE FROM t1 WHERE x=2 ORDER BY x LIMIT 5 OFFSET -2
;;
DELETE FROM t19
;;
DELETE FROM t2 WHERE x<13
;;
DELETE FROM t4 WHERE x!=123
;;
DELETE FROM tbl
;;
DELETE FROM v0
;;
DELETE FROM zipfile
;;
DETACH db2
;;
DROP INDEX IF EXISTS i8
;;
DROP INDEX p2
;;
DROP INDEX t3_i2
;;
DROP TABLE IF EXISTS ft
;;
DROP TABLE IF EXISTS t6
;;
DROP TABLE aux.t4
;;
DROP TABLE collate5t1
;;
DROP TABLE ft7
;;
DROP TABLE sqlite_sequence
;;
DROP TABLE tbl2
;;
DROP TABLE window
;;
DROP TRIGGER h
;;
DROP TRIGGER x
;;
DROP VIEW v1a
;;
EXPLAIN QUERY PLAN
    SELECT * FROM t1 WHERE a==4
;;
EXPLAIN QUERY PLAN
  SELECT * FROM t1 WHERE a<1100
;;
EXPLAIN QUERY PLAN
  SELECT * FROM t6a, t6b WHERE a=3 AND c IN (b)
;;
EXPLAIN QUERY PLAN
  SELECT a FROM t3
   WHERE typeof(b)='real'
     AND datetime(b) BETWEEN '2017-07-04' AND '2017-07-08'
;;
EXPLAIN QUERY PLAN
  SELECT e FROM t10 WHERE a=1 AND b=2 AND c=3 ORDER BY d
;;
EXPLAIN QUERY PLAN
  SELECT y FROM t15 WHERE x LIKE 'ab/%d%' ESCAPE ''
;;
EXPLAIN QUERY PLAN SELECT * FROM terms WHERE +term='braid'
;;
EXPLAIN SELECT * FROM t1 AS a, v5 AS b, t2 AS c WHERE a.x=b.v AND b.w=c.y
;;
INSERT INTO "art" VALUES(1,1,'actor','thumb','http://thetvdb.com/banners/actors/73597.jpg')
;;
INSERT INTO "art" VALUES(6,6,'actor','thumb','http://thetvdb.com/banners/actors/283158.jpg')
;;
INSERT INTO "t1" VALUES('A',0)
;;
INSERT INTO '@abc' VALUES(5,'hello')
;;
INSERT INTO InventoryItem VALUES(220,0,1,170,'Scoth Tampon Recurer')
;;
INSERT INTO TempTable(TestString) VALUES ('1')
;;
INSERT INTO a1 VALUES('x', 'y')
;;
INSERT INTO ab SELECT NULL, md5sum(a, b) FROM ab
;;
INSERT INTO abc SELECT * FROM abc
;;
INSERT INTO abc VALUES(1, 'one', 'two')
;;
INSERT INTO abc VALUES(7,randstr(230,230))
;;
INSERT INTO agger VALUES(2, 'two', 'howdy', 'no')
;;
INSERT INTO att.ft1 VALUES('v v', 'w w')
;;
INSERT INTO aux.t1 VALUES(1, NULL)
;;
INSERT INTO aux.t4  VALUES(7, 8, 9)
;;
INSERT INTO av3 SELECT 'av2' || x FROM av1
;;
INSERT INTO b1 VALUES(1,x'0102030405060708090a0b0c0d0e0f')
;;
INSERT INTO b2 VALUES(4, '1234567890', 4)
;;
INSERT INTO bb VALUES('one')
;;
INSERT INTO blue VALUES(5, 6)
;;
INSERT INTO c1 VALUES('x', 8)
;;
INSERT INTO c1 VALUES(4, 5, 6)
;;
INSERT INTO c1(a, b) VALUES(2, 'a')
;;
INSERT INTO c2 VALUES('a', 'b')
;;
INSERT INTO c3 VALUES(1,  'hydrogen')
;;
INSERT INTO cA VALUES(X'ABCD')
;;
INSERT INTO child VALUES('j', 'k')
;;
INSERT INTO child5 VALUES('xxx', 6)
;;
INSERT INTO collate1t1 VALUES(45, hex(45))
;;
INSERT INTO collate3t1 VALUES('xxx', 'yyy')
;;
INSERT INTO collate4t1 VALUES('B')
;;
INSERT INTO collate4t4 VALUES( 'a', 'a' )
;;
INSERT INTO composer VALUES(11, 'Mendelsshon')
;;
INSERT INTO costs2 VALUES(0, 'i', 'o', 8)
;;
INSERT INTO d1 VALUES(2, 4, 93)
;;
INSERT INTO d3 VALUES(X'78787878')
;;
INSERT INTO ddd VALUES(
      'CREATE TABLE x1(i INTEGER, t TEXT)',
      'table', 'x1', 'main', 'x1', -1, 'zzz', 0
  ), (
      'CREATE TABLE x1(i INTEGER, t TEXT)',
      'table', 'x1', 'main', 'x1', 2, 'zzz', 0
  ), (
      'CREATE TABLE x1(i INTEGER, t TEXT)',
      'table', 'x1', 'main', 'notable', 0, 'zzz', 0
  ), (
      'CREATE TABLE x1(i INTEGER, t TEXT)',
      'table', 'x1', 'main', 'ddd', -1, 'zzz', 0
  )
;;
INSERT INTO directors VALUES(5)
;;
INSERT INTO edge VALUES(3, 4, 40)
;;
INSERT INTO f VALUES(13, 12, 'index.html')
;;
INSERT INTO f1 VALUES(1, X'01020304')
;;
INSERT INTO f1 VALUES(7, 'g')
;;
INSERT INTO f2_rules(cFrom,cTo,cost) VALUES('','r',86)
;;
INSERT INTO f2_rules(cFrom,cTo,cost) VALUES('i','y',33)
;;
INSERT INTO f2_rules(ruleset,cFrom,cTo,cost)
      SELECT 1, cFrom, cTo, 100 FROM f2_rules WHERE ruleset=0
;;
INSERT INTO f_stat VALUES (1,x'0000000165656565db6569746565c5c52bc5c5c53e3a003bc502ffffffffc5c5c53e3a003bc502fffffffffb8b2afbfb6565f0740100650000000165656565db6569746565c5c52bc5c5c53e3a003bc502ffffffffc5c5c53e3a003b8b00c5c5c5c5c5bfc5')
;;
INSERT INTO foo(bar) VALUES (111)
;;
INSERT INTO ft VALUES('U U T C O', 'F N D E S')
;;
INSERT INTO ft(docid, c) VALUES(22, 'hello world')
;;
INSERT INTO ft1 VALUES('e j i j i e b c f g')
;;
INSERT INTO ft3(rowid, x, y) VALUES(13, 'L X N N X', 'R R N S T')
;;
INSERT INTO ft8(docid, x) VALUES(13, 'U O N X G')
;;
INSERT INTO ghi VALUES(4, 5, 6)
;;
INSERT INTO h3 VALUES(8, '2,4')
;;
INSERT INTO j VALUES('35.0')
;;
INSERT INTO list VALUES ("b", 4)
;;
INSERT INTO main.t1 VALUES(2, 'main two', X'0102')
;;
INSERT INTO map VALUES('b', 'twelve')
;;
INSERT INTO nam VALUES('testvar2', 'tv2')
;;
INSERT INTO numbers(oid) SELECT NULL FROM numbers
;;
INSERT INTO one(a,b) VALUES('hello', 1)
;;
INSERT INTO other_tbl VALUES(3, 4)
;;
INSERT INTO p1 VALUES(111, 'eleventyone')
;;
INSERT INTO parameters1(mountcnt, version) VALUES(1, 1.0)
;;
INSERT INTO parent1 ( parent1key, child1key, child2key )
       VALUES ( 3, 'C1.3', 'C2.3' )
;;
INSERT INTO people VALUES('Megan','teacher',159)
;;
INSERT INTO person VALUES('smith', 'maggy', '')
;;
INSERT INTO q(s,id) VALUES('goodbye','id.2')
;;
INSERT INTO r1 VALUES('v', 'v')
;;
INSERT INTO self VALUES(20, 21)
;;
INSERT INTO sqlite_master SELECT * FROM saved
;;
INSERT INTO sqlite_stat1 VALUES('NATION','bootleg_nni','25 1')
;;
INSERT INTO sqlite_stat1 VALUES('t1','good','2695116 299 264 2')
;;
INSERT INTO sqlite_stat1 VALUES('t2','t2x1','39667 2')
;;
INSERT INTO sqlite_stat1 VALUES('t4','t4i1','nonsense')
;;
INSERT INTO sqlite_stat1(tbl,idx,stat)
    VALUES('t1','t1ca','12345 3 2 x=5 sz=10 y=10'),
          ('t1','t1ab','12345 3 2 whatever sz=20 junk')
;;
INSERT INTO sqlite_stat4 VALUES('cx','c_id','1 1','548 548','548 548',X'03020202f00223')
;;
INSERT INTO sqlite_stat4 VALUES('le','le_id','1 1','1759 1759','1759 1759',X'030202092f0618')
;;
INSERT INTO sqlite_stat4 VALUES('px','p_cid0','1940 1','75954 76295','161 76295',X'03020201c817f1')
;;
INSERT INTO sqlite_stat4 VALUES('px','p_id','1 1','38147 38147','38147 38147',X'030302017a391b74')
;;
INSERT INTO sqlite_stat4 VALUES('px','p_leid','132 1','113230 113263','1252 113263',X'0302030711009ee6')
;;
INSERT INTO sqlite_stat4 VALUES('t1','bad','17965 1579 1579 1 1','2677151 2690666 2690666 2692244 2692244','1 9870 153959 2418294 2692244',X'060102080403021B8A4FE1AB84032B35')
;;
INSERT INTO sqlite_stat4 VALUES('t1','good','11955 11946 1 1','889796 889796 898373 898373','938 1123 794694 898373',X'050209040304EF4DF9C4150BBB28')
;;
INSERT INTO sqlite_stat4 VALUES('t1','ix','2677151 119603 47125 1 1','0 572425 572425 598915 598915','0 404 14230 546497 598915',X'06090208040302474FD1929A03194F')
;;
INSERT INTO sqlite_stat4 VALUES('tx1','ix0','3876548 3718791 39430 39 39 39 39 39 1 1 1','7804279 7804279 11458789 11476757 11476757 11476757 11476757 11476757 11476795 11476795 11476795','1 2 86422 1219089 1249476 1260953 1260953 1260953 11429684 11429761 11476795',X'0C09080403080808080404030113B99602F6AF01332B2E00FF55941F8A54')
;;
INSERT INTO sqlite_stat4 VALUES('tx1','ix1','3876548 3718791 44772 44772 44772 44772 44772 3018 1 1 1','7804279 7804279 11268036 11268036 11268036 11268036 11268036 11282829 11285846 11285846 11285846','1 2 85052 87132 87132 87132 115597 6281979 11151347 11238812 11285846',X'0C0908040808080404040804010B0A5C00FF5594013351720249087400B0523C')
;;
INSERT INTO sqlite_stat4 VALUES('tx1','ix2','7804279 7173953 13 13 13 13 13 1 1 1 1','0 0 6489339 6489339 6489339 6489339 6489339 6489349 6489349 6489349 6489349','0 0 29449 33987 33989 33989 33989 4540005 6453309 6453378 6489349',X'0C08080408080808040303030091B3AB01321B5A4F26F2018A750B6686')
;;
INSERT INTO sqlite_stat4 VALUES('tx1','ix3','7804279 630326 24310 1435 1435 1435 1 1 1 1 1','0 7173953 7763625 7786500 7786500 7786500 7787219 7787219 7787219 7787219 7787219','0 1 3518 4119 4119 4119 726018 753845 1215054 7745002 7787219',X'0C080904010808030204040400FF5594070357AB232800F2FA440133294600A90441')
;;
INSERT INTO sqlite_stat4 VALUES('tx1','ix4','7804279 7173953 7173950 2185 2126 134 1 1 1 1 1','0 0 0 3891669 3891669 3893607 3893609 3893609 3893609 3893609 3893609','0 0 0 13596 15952 257364 3869701 3869733 3869733 3869733 3893609',X'0C080808030804040308080302BD5F01010F13013350517B8BF356D913')
;;
INSERT INTO sqlite_stat4 VALUES('tx1','ix5','3876548 3718791 3718791 8251 8251 280 280 1 1 1 1','7804279 7804279 7804279 11067468 11067468 11072690 11072690 11072969 11072969 11072969 11072969','1 2 4 85529 113989 1307763 1335183 11025935 11025935 11025935 11072969',X'0C090808040404080408080300FFA4A7008A66AD0089DBDD0132B5FF6AE2B8')
;;
INSERT INTO sqlite_stat4 VALUES('tx1','ix6','11668540 11668540 11668540 7200 7200 39 15 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1','0 0 0 1239793 1239793 1242199 1242223 1242237 1242237 1242237 1242237 1242237 1242237 1242237 1242237 1242237 1242237 1242237 1242237 1242237 1242237 1242237','0 0 0 942 1131 688381 783660 1225441 1234602 1234622 1234622 1234622 1234622 1234622 1234622 1234622 1234622 1234622 1234622 1234622 1234622 1242237',X'1708080803080409040308070809010301070404040804018D4F0132DB820113FAB92F19C5401C0000000000000F00FFFF0F403A0000000000000132DB820132DB824D542A4F009B5C72')
;;
INSERT INTO sqlite_stat4 VALUES('tx1','ix7','7204 4801 193 193 4 2 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1','1240162 1240162 1244770 1244770 1244959 1244961 1244962 1244962 1244962 1244962 1244962 1244962 1244962 1244962 1244962 1244962 1244962 1244962 1244962 1244962 1244962 1244962','942 1520 3024 3531 3791 40098 122274 149540 1237296 1237296 1237296 1237296 1237296 1237296 1237296 1237296 1237296 1237296 1237296 1237296 1237296 1244962',X'1703080908010703030408030808010308070408040803018D4F07406FE000000000000602CF16DE05013303C300FFFF0300FFFFC0F869E000000000013303C3008000004BD756')
;;
INSERT INTO sqlite_stat4 VALUES('tx1','ix8','7340 4977 19 1 1 1','206533 206533 208739 208757 208757 208757','125 164 111403 207397 207399 208757',X'070308040407030187840132B54B0101A0D1401C0000000000004C87E5')
;;
INSERT INTO sqlite_stat4 VALUES('tx1','ix9','59591 4087 4073 4 1','11415316 11448759 11448773 11452842 11452845','37350 6040743 6283483 6342389 11452845',X'060404090904010BFA810133512800B010AE')
;;
INSERT INTO streetname VALUES('ainslie')
;;
INSERT INTO streetname VALUES('annbick')
;;
INSERT INTO streetname VALUES('autumn harvest')
;;
INSERT INTO streetname VALUES('battle creek')
;;
INSERT INTO streetname VALUES('berrybrook')
;;
INSERT INTO streetname VALUES('bolton')
;;
INSERT INTO streetname VALUES('briarthorne')
;;
INSERT INTO streetname VALUES('burch')
;;
INSERT INTO streetname VALUES('carver')
;;
INSERT INTO streetname VALUES('chestnut knoll')
;;
INSERT INTO streetname VALUES('clymer')
;;
INSERT INTO streetname VALUES('cranberry nook')
;;
INSERT INTO streetname VALUES('dannelly park')
;;
INSERT INTO streetname VALUES('deruyter')
;;
INSERT INTO streetname VALUES('dunstaff')
;;
INSERT INTO streetname VALUES('elementary view')
;;
INSERT INTO streetname VALUES('fairmead')
;;
INSERT INTO streetname VALUES('fortunes ridge')
;;
INSERT INTO streetname VALUES('gaskill')
;;
INSERT INTO streetname VALUES('goose landing')
;;
INSERT INTO streetname VALUES('grey dogwood')
;;
INSERT INTO streetname VALUES('harris oak')
;;
INSERT INTO streetname VALUES('henderson')
;;
INSERT INTO streetname VALUES('hogans way')
;;
INSERT INTO streetname VALUES('iola')
;;
INSERT INTO streetname VALUES('kayron')
;;
INSERT INTO streetname VALUES('kotlik')
;;
INSERT INTO streetname VALUES('lee marie')
;;
INSERT INTO streetname VALUES('lowen')
;;
INSERT INTO streetname VALUES('marett')
;;
INSERT INTO streetname VALUES('merion hills')
;;
INSERT INTO streetname VALUES('morning dew')
;;
INSERT INTO streetname VALUES('newgard')
;;
INSERT INTO streetname VALUES('old stoney creek')
;;
INSERT INTO streetname VALUES('paper whites')
;;
INSERT INTO streetname VALUES('piercy woods')
;;
INSERT INTO streetname VALUES('prescott')
;;
INSERT INTO streetname VALUES('red clover')
;;
INSERT INTO streetname VALUES('rillet')
;;
INSERT INTO streetname VALUES('saguaro')
;;
INSERT INTO streetname VALUES('shuman')
;;
INSERT INTO streetname VALUES('spring lee')
;;
INSERT INTO streetname VALUES('stream bank')
;;
INSERT INTO streetname VALUES('sweet grove')
;;
INSERT INTO streetname VALUES('thelema')
;;
INSERT INTO streetname VALUES('tunston')
;;
INSERT INTO streetname VALUES('voeltz')
;;
INSERT INTO streetname VALUES('white cascade')
;;
INSERT INTO streetname VALUES('woodfire')
;;
INSERT INTO t SELECT randomblob(100) FROM t
;;
INSERT INTO t0 VALUES('')
;;
INSERT INTO t0 VALUES(a_string(224), a_string(335))
;;
INSERT INTO t0(c0) VALUES (NULL)
;;
INSERT INTO t0(c2) VALUES (0),(1),(3),(4),(5),(6),(7),(8),(9),(10),(11)
;;
INSERT INTO t1
    SELECT 1,2,3,4,5,6,7
    UNION ALL SELECT 1,2,3,4,5,6,7
    ORDER BY 1
;;
INSERT INTO t1 (rowid, content) VALUES(8, 'second world')
;;
INSERT INTO t1 DEFAULT VALUES RETURNING *
;;
INSERT INTO t1 SELECT NULL, randomblob(200) FROM t1
;;
INSERT INTO t1 SELECT a+16, b FROM t1
;;
INSERT INTO t1 SELECT a+4, a || '-' || b FROM t1
;;
INSERT INTO t1 SELECT a_string(203) FROM t1
;;
INSERT INTO t1 SELECT randomblob(100), randomblob(200) FROM t1
;;
INSERT INTO t1 SELECT str(rowid+1) FROM t1
;;
INSERT INTO t1 SELECT x+16384 FROM t1
;;
INSERT INTO t1 VALUES
    (1,'abcde'),
    (2,'abc_'),
    (3,'abc__'),
    (4,'abc%'),
    (5,'abc%%')
;;
INSERT INTO t1 VALUES (1,5)
;;
INSERT INTO t1 VALUES (4, 'himer')
;;
INSERT INTO t1 VALUES(' 1x')
;;
INSERT INTO t1 VALUES('.125',15)
;;
INSERT INTO t1 VALUES('2', NULL,  'three')
;;
INSERT INTO t1 VALUES('A','B','C')
;;
INSERT INTO t1 VALUES('CC', 938)
;;
INSERT INTO t1 VALUES('IV', 'sixteen')
;;
INSERT INTO t1 VALUES('a b c d e f g h i j k l')
;;
INSERT INTO t1 VALUES('a', 3, 3)
;;
INSERT INTO t1 VALUES('abc',123,4,5)
;;
INSERT INTO t1 VALUES('b', 'two')
;;
INSERT INTO t1 VALUES('c', 2, 2, 3) ON CONFLICT(y, x) 
      DO UPDATE SET w = w||t1.w
;;
INSERT INTO t1 VALUES('deployment and usage of FTS3 and FTS4.')
;;
INSERT INTO t1 VALUES('ghi','jkl','y')
;;
INSERT INTO t1 VALUES('no', 'yes', 'yep')
;;
INSERT INTO t1 VALUES('one', 'two')
;;
INSERT INTO t1 VALUES('three four five six')
;;
INSERT INTO t1 VALUES('two', 2)
;;
INSERT INTO t1 VALUES(-1)
;;
INSERT INTO t1 VALUES(0, 0)
;;
INSERT INTO t1 VALUES(1),('hello'),(4.25),(NULL),(x'3c626c6f623e')
;;
INSERT INTO t1 VALUES(1, 'abcde','abcde')
;;
INSERT INTO t1 VALUES(1, 1, 4)
;;
INSERT INTO t1 VALUES(1, NULL, 1, 'text value')
;;
INSERT INTO t1 VALUES(1,'a'),(2,'b'),(3,'c'),(4,'d'),(5,'e')
;;
INSERT INTO t1 VALUES(1,2),(1,18),(2,19)
;;
INSERT INTO t1 VALUES(1,372)
;;
INSERT INTO t1 VALUES(10, 100, 'abc', 'def', 'ghi')
;;
INSERT INTO t1 VALUES(101)
;;
INSERT INTO t1 VALUES(12,'')
;;
INSERT INTO t1 VALUES(14,4)
;;
INSERT INTO t1 VALUES(2, 
       'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ01234356789')
;;
INSERT INTO t1 VALUES(2, 1, 1)
;;
INSERT INTO t1 VALUES(2, randomblob(10000))
;;
INSERT INTO t1 VALUES(2,22)
;;
INSERT INTO t1 VALUES(200,'hello out there')
;;
INSERT INTO t1 VALUES(3,  'three')
;;
INSERT INTO t1 VALUES(3, 2)
;;
INSERT INTO t1 VALUES(3, x'626c6f62')
;;
INSERT INTO t1 VALUES(3001, 3001, 3001)
;;
INSERT INTO t1 VALUES(4, 'c')
;;
INSERT INTO t1 VALUES(4, 8)
;;
INSERT INTO t1 VALUES(4.3, 5.5)
;;
INSERT INTO t1 VALUES(5, 'one', 'i')
;;
INSERT INTO t1 VALUES(5,10)
;;
INSERT INTO t1 VALUES(6, 'even', 'six',   6)
;;
INSERT INTO t1 VALUES(7,  'seven', 'VII')
;;
INSERT INTO t1 VALUES(7,8,9,10)
;;
INSERT INTO t1 VALUES(89, 'eightynine')
;;
INSERT INTO t1 VALUES(:w,:x,:y,:z)
;;
INSERT INTO t1 VALUES(NULL, randomblob(200))
;;
INSERT INTO t1 VALUES(a_string(200), a_string(300))
;;
INSERT INTO t1 VALUES(randomblob(1000), randomblob(100))
;;
INSERT INTO t1 VALUES(randomblob(90))
;;
INSERT INTO t1 VALUES(zeroblob(30000))
;;
INSERT INTO t1(a) VALUES('beetle')
;;
INSERT INTO t1(a) VALUES(NULL),(NULL),(42),(NULL),(NULL)
;;
INSERT INTO t1(a,b) VALUES('0.0','1'),('1.0','1')
;;
INSERT INTO t1(a,b) VALUES(10, 15)
;;
INSERT INTO t1(a,b) VALUES(8,7),(9,6) ON CONFLICT(a) DO NOTHING
;;
INSERT INTO t1(a,b,c) VALUES(3,2,4)
;;
INSERT INTO t1(a,b,c,d,e) VALUES(1,NULL,3,94,95)
      ON CONFLICT(c) DO UPDATE SET b='c'
      ON CONFLICT(a) DO UPDATE SET b='a'
      ON CONFLICT(d) DO UPDATE SET b='d'
      ON CONFLICT(e) DO UPDATE SET b='e'
;;
INSERT INTO t1(a,b,c,d,e) VALUES(91,NULL,93,4,95)
      ON CONFLICT DO UPDATE set b='x'
;;
INSERT INTO t1(b) VALUES(65) RETURNING (
      SELECT * FROM sqlite_temp_schema
    ) AS aaa
;;
INSERT INTO t1(c0) VALUES (1)
;;
INSERT INTO t1(content, lang_id) VALUES('G', 13)
;;
INSERT INTO t1(docid, x) VALUES(4, 'a c e g i k')
;;
INSERT INTO t1(rowid, a, b) VALUES(2, 2, 3)
;;
INSERT INTO t1(rowid,xi,xr,xb,xn,xt) VALUES(2,'2','2','2','2','2')
;;
INSERT INTO t1(x) SELECT x+32 FROM t1
;;
INSERT INTO t1(x,_rowid_,y) VALUES(9,1236,10)
;;
INSERT INTO t10 VALUES(1,1,1,1,1,1)
;;
INSERT INTO t10b SELECT * FROM t10a
;;
INSERT INTO t11 VALUES(5, 'A','A')
;;
INSERT INTO t12 VALUES(1,11)
;;
INSERT INTO t14 VALUES('one two three', 'one three four')
;;
INSERT INTO t16a VALUES('cba',5.5,98,'fizzle')
;;
INSERT INTO t1_base VALUES(1, 2, 3)
;;
INSERT INTO t1j VALUES('one',1),('six',6),('ninty-nine',99)
;;
INSERT INTO t2 (t2_id, t2_title) VALUES (999, 'ABCDEF')
;;
INSERT INTO t2 SELECT * FROM t1 ORDER BY rowid
;;
INSERT INTO t2 SELECT a+32 FROM t2
;;
INSERT INTO t2 SELECT randomblob(200) FROM t2
;;
INSERT INTO t2 VALUES (2, 3), (2, 4), (2, 2), (2, 1), (2, 5), (2, 6)
;;
INSERT INTO t2 VALUES('AGNA',3)
;;
INSERT INTO t2 VALUES('William''s fleet sailed. A storm blew up and the')
;;
INSERT INTO t2 VALUES('aa bb')
;;
INSERT INTO t2 VALUES('c', 'III')
;;
INSERT INTO t2 VALUES('jkl')
;;
INSERT INTO t2 VALUES('three', NULL)
;;
INSERT INTO t2 VALUES(-2147483649)
;;
INSERT INTO t2 VALUES(1, 'one', 'i')
;;
INSERT INTO t2 VALUES(1, 2, 2,   5)
;;
INSERT INTO t2 VALUES(1,1)
;;
INSERT INTO t2 VALUES(10, 100)
;;
INSERT INTO t2 VALUES(14)
;;
INSERT INTO t2 VALUES(2, 1, 3,   12)
;;
INSERT INTO t2 VALUES(2,'y')
;;
INSERT INTO t2 VALUES(2147483648)
;;
INSERT INTO t2 VALUES(3, 2, 3,   24)
;;
INSERT INTO t2 VALUES(3,8)
;;
INSERT INTO t2 VALUES(4, randomblob(31000))
;;
INSERT INTO t2 VALUES(5,  NULL,         'XXV')
;;
INSERT INTO t2 VALUES(6, 4, 7)
;;
INSERT INTO t2 VALUES(9),(8),(3),(4)
;;
INSERT INTO t2 VALUES(NULL, NULL, 3.14159)
;;
INSERT INTO t2(a) VALUES('one'),('one'),('three'),('four')
      ON CONFLICT(a) DO UPDATE SET b=b+1
;;
INSERT INTO t2(b) VALUES(11)
;;
INSERT INTO t2(cc,dd,ee) VALUES('maroon',1,'one')
;;
INSERT INTO t2(w,y) VALUES(1,'one'),(2,'two'),(3,'three'),(4,'four')
;;
INSERT INTO t201 VALUES('key')
;;
INSERT INTO t2_xx SELECT * FROM t2_ab
;;
INSERT INTO t3 SELECT a+2 FROM t3
;;
INSERT INTO t3 SELECT x+4 FROM t3
;;
INSERT INTO t3 VALUES('a b c d e f')
;;
INSERT INTO t3 VALUES('f'), ('g'), ('h'), ('i'), ('j')
;;
INSERT INTO t3 VALUES('one', '...xx', 3)
;;
INSERT INTO t3 VALUES('snapshots', 8628034825, 'of')
;;
INSERT INTO t3 VALUES('villages', 'their', 'have')
;;
INSERT INTO t3 VALUES(1), (2), (3), (4)
;;
INSERT INTO t3 VALUES(1,'one')
;;
INSERT INTO t3 VALUES(1000)
;;
INSERT INTO t3 VALUES(2, 1, 0)
;;
INSERT INTO t3 VALUES(3, 'three')
;;
INSERT INTO t3 VALUES(4, 'dddddddddddddddddddd')
;;
INSERT INTO t3 VALUES(5,6,7,8)
;;
INSERT INTO t3 VALUES(NULL, 'same', 1339.360726)
;;
INSERT INTO t3(a) VALUES(1)
;;
INSERT INTO t3(c,a,b) SELECT x, 'hi', y FROM t4
;;
INSERT INTO t3(rowid, x, y) VALUES(4, 'J T R V U', 'U X S L C')
;;
INSERT INTO t33a VALUES(1,2)
;;
INSERT INTO t4 DEFAULT VALUES
;;
INSERT INTO t4 VALUES(   0, NULL, 1)
;;
INSERT INTO t4 VALUES('2.0')
;;
INSERT INTO t4 VALUES('a', 1, 'one')
;;
INSERT INTO t4 VALUES('by')
;;
INSERT INTO t4 VALUES('it', 'are', 'have')
;;
INSERT INTO t4 VALUES('this')
;;
INSERT INTO t4 VALUES(1, 2, 12)
;;
INSERT INTO t4 VALUES(11,111)
;;
INSERT INTO t4 VALUES(271.2019091, 'viewed', 3282306647)
;;
INSERT INTO t4 VALUES(4, 'g')
;;
INSERT INTO t4 VALUES(8979323846, 'his', 'an')
;;
INSERT INTO t4(a,b,c) VALUES(1,22,33)
  ON CONFLICT(a) DO UPDATE SET b=44
  RETURNING *
;;
INSERT INTO t4(t4) VALUES('integrity-check')
;;
INSERT INTO t46 SELECT a, b FROM t44
;;
INSERT INTO t5 VALUES('1.0', 'three')
;;
INSERT INTO t5 VALUES('bx')
;;
INSERT INTO t5 VALUES(1, 'a')
;;
INSERT INTO t5 VALUES(10, '2001-4')
;;
INSERT INTO t5 VALUES(2,9)
;;
INSERT INTO t5 VALUES(5, '2003-4')
;;
INSERT INTO t5(x) VALUES('z')
;;
INSERT INTO t6 
  WITH s(x) AS ( VALUES(2) UNION ALL SELECT x+2 FROM s WHERE x<49 )
  SELECT * FROM s
;;
INSERT INTO t6 VALUES('c','2')
;;
INSERT INTO t6 VALUES(1<<62)
;;
INSERT INTO t6 VALUES(NULL)
;;
INSERT INTO t610(a,b) VALUES(123,456)
;;
INSERT INTO t7 SELECT i*2 FROM t7
;;
INSERT INTO t7 VALUES('x', 1, 'x', NULL)
;;
INSERT INTO t7 VALUES(3, 'three', 'X')
;;
INSERT INTO t7(rowid, a, b) VALUES
      (1, 1, 3),
      (2, 10, 4),
      (3, 100, 2)
;;
INSERT INTO t8 VALUES (2, "pa4")
;;
INSERT INTO t8 VALUES(0,0.0,3)
;;
INSERT INTO t8a VALUES('one', 1)
;;
INSERT INTO t9 VALUES('nine',9)
;;
INSERT INTO t9 VALUES(4, 5, 6)
;;
INSERT INTO table1 VALUES(2,3)
;;
INSERT INTO tbl VALUES (1, 0, 0, 0)
;;
INSERT INTO tbl1 VALUES('a b', 'c d')
;;
INSERT INTO tclvar(fullname, value) VALUES('xx', 'a')
;;
INSERT INTO temp.t9 VALUES(1, 2, 3)
;;
INSERT INTO test VALUES(5)
;;
INSERT INTO test2 VALUES(1,3)
;;
INSERT INTO tother VALUES(1, 3.7)
;;
INSERT INTO treal VALUES(4, 5, 6)
;;
INSERT INTO ttt VALUES(4, 'y',     'one')
;;
INSERT INTO tx VALUES('Ayutthaya', 'Beijing')
;;
INSERT INTO usuarios VALUES(2,'b','bb',1)
;;
INSERT INTO vt0(vt0) VALUES('integrity-check')
;;
INSERT INTO x VALUES('Barton')
;;
INSERT INTO x1 VALUES('Cloudy, with a high near 16')
;;
INSERT INTO x1 VALUES(1)
;;
INSERT INTO x1 VALUES(2, 2, 3)
;;
INSERT INTO x1 VALUES(5, 6)
;;
INSERT INTO x1(docid,a,b,c) VALUES(18, 'A J M O Q', 'L G Y Y A', 'G N M R N')
;;
INSERT INTO x1_rules VALUES(0, 'a', 'b', 1)
;;
INSERT INTO x2 VALUES(3, -22, X'0E1BE452A393')
;;
INSERT INTO x3 VALUES('a x c', NULL)
;;
INSERT INTO x4_rules VALUES(0, 'a', 'b', 10)
;;
INSERT INTO xx VALUES('four five six')
;;
INSERT INTO xyz VALUES('B', 'B', 'B',  2)
;;
INSERT INTO y1_segments VALUES(1, X'1234567890')
;;
INSERT INTO z1 VALUES(63, 'born', -26)
;;
INSERT INTO zzz(name, data) VALUES('dirname2', NULL)
;;
INSERT OR IGNORE INTO t1 SELECT x*3,y FROM t1
;;
INSERT OR REPLACE INTO Foo(Id, ParentId, C1) VALUES (4, 3, 'A-4-3')
;;
INSERT OR REPLACE INTO t1(b,c,d,e) VALUES(2,3,4,5)
;;
PRAGMA auto_vacuum = 2
;;
PRAGMA aux.auto_vacuum=OFF
;;
PRAGMA aux.schema_version = 30
;;
PRAGMA cache_size = 15
;;
PRAGMA cache_spill = 1
;;
PRAGMA count_changes=on
;;
PRAGMA encoding = 'UTF-16le'
;;
PRAGMA foreign_key_check(t2)
;;
PRAGMA foreign_keys=on
;;
PRAGMA incremental_vacuum=50
;;
PRAGMA journal_mode = DELETE
;;
PRAGMA journal_size_limit = 16384
;;
PRAGMA main.auto_vacuum = 0
;;
PRAGMA main.synchronous = OFF
;;
PRAGMA omit_readlock = 1
;;
PRAGMA query_only=OFF
;;
PRAGMA schema_version = 450
;;
PRAGMA synchronous=4
;;
PRAGMA table_info(t68)
;;
PRAGMA temp.journal_mode = wal
;;
PRAGMA trusted_schema=off
;;
PRAGMA wal_autocheckpoint = 128
;;
REINDEX "reverse sort"
;;
RELEASE sp1
;;
REPLACE INTO t1 SELECT(0)
;;
REPLACE INTO t3(docid, content) VALUES (1, 'one two three four five six')
;;
ROLLBACK TO sp
;;
SAVEPOINT sp3
;;
SELECT 
      ( (0 IS NOT FALSE) OR NOT (0 IS 0 OR (t0.c0 = 1)) ) IS 0
  FROM t0
;;
SELECT 
     count() OVER (), 
     group_concat(c1 COLLATE nocase) IN (SELECT 'aBCd') FROM t1
;;
SELECT  'abcd' == 'ABCD'  COLLATE nocase
;;
SELECT """"""""
;;
SELECT '-9223372036854775807x'-'1x'
;;
SELECT '@abc'.'!pqr', '@abc'.'#xyz'+5 FROM '@abc'
;;
SELECT 'a' IN t7
;;
SELECT 'ab' IS NOT NULL
;;
SELECT 'abc' REGEXP '(^abc|def)'
;;
SELECT 'abcX_' LIKE 'abcX_' ESCAPE 'X'
;;
SELECT 'b' IN t7
;;
SELECT 'main', tbl_name FROM main.sqlite_master WHERE type = 'table'
;;
SELECT (
      SELECT 1 FROM t2 WHERE x=0
      UNION ALL
      SELECT 2 FROM t2 WHERE x=-1
      UNION ALL
      SELECT 3 FROM t2 WHERE x=2
      UNION ALL
      SELECT 4 FROM t2 WHERE x=3
      UNION ALL
      SELECT 5 FROM t2 WHERE x=4
      UNION ALL
      SELECT 6 FROM t2 WHERE y=0
      UNION ALL
      SELECT 7 FROM t2 WHERE y=1
      UNION ALL
      SELECT 8 FROM t2 WHERE y=2
      UNION ALL
      SELECT 9 FROM t2 WHERE y=3
      UNION ALL
      SELECT 10 FROM t2 WHERE y=4
    )
;;
SELECT ( SELECT y FROM t2 WHERE z = cnt )
    FROM ( SELECT count(*) AS cnt FROM t1 )
;;
SELECT (0, 1) IN(SELECT MIN(c0), NTILE(1) OVER()) FROM t0
;;
SELECT (SELECT (
        SELECT (SELECT -2147483648) FROM (SELECT 1) ORDER BY 1
    ))
;;
SELECT (SELECT 3,4 UNION SELECT 5,6 ORDER BY 1) IN (SELECT 5,6)
;;
SELECT (SELECT max(c7)+max(c8) FROM t8) FROM t7
;;
SELECT (a COLLATE nocase, b) IN (SELECT a, b FROM f1) FROM f1
;;
SELECT *
      FROM t3 FULL JOIN (
                t4 RIGHT JOIN (
                    t5 FULL JOIN t6 USING(id)
                ) USING(id)
           ) AS j1 ON j1.id=t3.id
     ORDER BY coalesce(t3.id,j1.id)
;;
SELECT *
    FROM t44 AS x
       LEFT JOIN (SELECT a AS c, b AS d FROM t44) AS y ON a=c
   WHERE d=4 OR d IS NULL
   ORDER BY a
;;
SELECT *
  FROM t1 LEFT JOIN t2 ON true
  INNER JOIN t3 ON t2.y IS NOT NULL
  INNER JOIN t4 ON true
  WHERE (t3.z!=400 AND t3.z!=500 AND t3.z!=600)
  ORDER BY coalesce(t1.x,t2.y,t3.z,t4.w,0)
;;
SELECT *
  FROM t1 RIGHT JOIN t2 ON true
  LEFT JOIN t3 ON t2.y IS NOT NULL
  LEFT JOIN t4 ON true
  ORDER BY coalesce(t1.x,t2.y,t3.z,t4.w,0)
;;
SELECT * FROM 
  VirtualTableA a CROSS JOIN VirtualTableB b ON b.PrimaryKey=a.PrimaryKey
  WHERE a.ColumnA IN ('ValueA', 'ValueB') AND a.FlagA=0
;;
SELECT * FROM (
      SELECT x, sum(y) AS s, max(z) AS m 
      FROM t2 GROUP BY x
    )
;;
SELECT * FROM (SELECT * FROM t1 ORDER BY num DESC LIMIT 2)
    UNION
    SELECT * FROM (SELECT * FROM t2 LIMIT 2)
;;
SELECT * FROM (SELECT 3 AS c FROM t1) AS t3 LEFT JOIN t2 ON c IS NULL
;;
SELECT * FROM At2.n1
;;
SELECT * FROM aa CROSS JOIN bb WHERE b
;;
SELECT * FROM at1.n1
;;
SELECT * FROM b
;;
SELECT * FROM c1, t1 WHERE input = x AND c1.rowid=t1.rowid
;;
SELECT * FROM collate3t1 GROUP BY c1
;;
SELECT * FROM dbstat(123)
;;
SELECT * FROM echo_c WHERE rowid IN (1, 2, 3)
;;
SELECT * FROM ft7
;;
SELECT * FROM j1 WHERE NOT json_valid(char(0x20,0x09,0x0a,0x0d)||x)
;;
SELECT * FROM main.tx
;;
SELECT * FROM pragma_foreign_key_list('c1')
;;
SELECT * FROM schema WHERE dflt_value IS NULL LIMIT 1
;;
SELECT * FROM sqlite_master WHERE rowid<=10
;;
SELECT * FROM t WHERE c1 = 5 AND c2>'0' AND c2<=5 ORDER BY c2 ASC
;;
SELECT * FROM t0 WHERE 
  EXISTS (
    SELECT MIN(c0) OVER (), CUME_DIST() OVER () FROM t0
  ) >=1 AND 
  EXISTS (
    SELECT MIN(c0) OVER (), CUME_DIST() OVER () FROM t0
  ) <=1
;;
SELECT * FROM t0 WHERE t0.c0 LIKE './'
;;
SELECT * FROM t1 AS t2 NATURAL RIGHT JOIN t1 AS t3
   WHERE (a,b) IN (SELECT rowid, b FROM t1)
;;
SELECT * FROM t1 INNER BOGUS CROSS JOIN t2
;;
SELECT * FROM t1 LEFT JOIN t2
;;
SELECT * FROM t1 LEFT JOIN t2 ON true JOIN t3 ON t2.y IS NOT NULL
;;
SELECT * FROM t1 NATURAL JOIN t2 JOIN t3 USING(x,z)
;;
SELECT * FROM t1 OUTER LEFT NATURAL JOIN t2
;;
SELECT * FROM t1 WHERE (0,0)<(a,b) ORDER BY a
;;
SELECT * FROM t1 WHERE (a,b)<(3,33) ORDER BY a DESC
;;
SELECT * FROM t1 WHERE EXISTS (SELECT 1 FROM t2 WHERE a=c AND b IS a)
;;
SELECT * FROM t1 WHERE a='1' AND b='2'
;;
SELECT * FROM t1 WHERE b=2 AND a IS NOT NULL
;;
SELECT * FROM t1 WHERE nth_value(x, 1) OVER (ORDER BY y)
;;
SELECT * FROM t1 WHERE t1 MATCH 're*'
;;
SELECT * FROM t1 WHERE x<0
;;
SELECT * FROM t1, t2
;;
SELECT * FROM t1,t2 WHERE a=? AND b=? AND c=? AND d=? AND e=?
;;
SELECT * FROM t14 EXCEPT VALUES(1,2,3) EXCEPT VALUES(4,5,6)
;;
SELECT * FROM t2
  UNION ALL 
  SELECT * FROM t1 WHERE a<5 
  ORDER BY 2, 1
;;
SELECT * FROM t2 ORDER BY b, c
;;
SELECT * FROM t2 WHERE a IN (
      SELECT a, b FROM t3 UNION ALL SELECT a, b FROM t2
    )
;;
SELECT * FROM t2 WHERE t2 MATCH 'a*'
;;
SELECT * FROM t23 LEFT JOIN t24
;;
SELECT * FROM t3 WHERE a=(SELECT 1)
;;
SELECT * FROM t3 WHERE t3 MATCH '"a b c" OR "a b x y"' ORDER BY docid DESC
;;
SELECT * FROM t3 WHERE x NOT IN (10) AND y NOT IN (10)
;;
SELECT * FROM t4 
  WHERE substr(a, 2) = 'abc' COLLATE NOCASE
  ORDER BY substr(a, 2), b
;;
SELECT * FROM t4, vt4 WHERE t4.id = vt4.root AND vt4.id=4 AND vt4.depth=2
;;
SELECT * FROM t5 WHERE (a=1 OR b=2) AND c IN (
    SELECT e FROM (SELECT DISTINCT e FROM t6) WHERE e=1
  )
;;
SELECT * FROM t6 WHERE +a IN ('2')
;;
SELECT * FROM t7 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
                             11,12,13,14,15,16,17,18,19, 20, 0
;;
SELECT * FROM t9 LEFT JOIN (SELECT 44, p, q FROM t11) AS sub1 ON p=a
;;
SELECT * FROM tblB
;;
SELECT * FROM terms
;;
SELECT * FROM terms_v WHERE term>'brainstorms'
;;
SELECT * FROM test2
;;
SELECT * FROM tv2
;;
SELECT * FROM v0 WHERE ('500' IS v0.c1) IS FALSE
;;
SELECT * FROM v16 AS one, v16 AS two WHERE one.mx=1
;;
SELECT * FROM v8
;;
SELECT * FROM x1 ORDER BY a
;;
SELECT * FROM x3 CROSS JOIN x1
;;
SELECT * FROM xyz WHERE xyz MATCH 'a NEAR/4294836224 a'
;;
SELECT * from tbl
;;
SELECT *, '|'
    FROM t1 AS a, t1 AS b
   WHERE a.seq>b.seq
     AND decimal_cmp(a.val,b.val)<=0
;;
SELECT *, '|' FROM t200, t201 WHERE x=b ORDER BY y LIMIT 3
;;
SELECT *, x NOTNULL, (x NOTNULL)=a FROM t2 RIGHT JOIN t1 ON true WHERE (x NOTNULL)=a
;;
SELECT -'.'
;;
SELECT 0 WHERE (SELECT 0,0) OR (0 IN (1,2))
;;
SELECT 1 AS y FROM t1, t2 ORDER BY y
;;
SELECT 1 FROM t1 WHERE a=0 UNION ALL SELECT 2 FROM t1 WHERE b=0
;;
SELECT 1 IN ()
;;
SELECT 1 NOT IN (2,3,4,null)
;;
SELECT 1.0E-
;;
SELECT 11, * FROM t1 LEFT JOIN t0 WHERE aa ISNULL
;;
SELECT 2 AS y FROM t1, t2 ORDER BY y COLLATE nocase
;;
SELECT 2 NOT IN (2,3,4)
;;
SELECT 234 FROM t2
    WHERE k=1
    OR (SELECT k FROM t2 WHERE (SELECT sum(a) OVER() FROM t1 GROUP BY 1))
;;
SELECT 456 FROM t1 JOIN t1 USING (x,x)
;;
SELECT 99 WHERE 1
;;
SELECT CASE NULL WHEN 'abc' THEN 'A' WHEN 'def' THEN 'B' ELSE 'C' END
;;
SELECT CASE WHEN x NOT IN (5,6,7) OR x=0 THEN 'yes' ELSE 'no' END FROM t3
;;
SELECT CAST('+0.0' AS numeric)
;;
SELECT CAST('123e+5' AS REAL)
;;
SELECT CAST(CAST('9223372036854774800' AS real) AS integer)
;;
SELECT CAST(null AS REAL)
;;
SELECT COUNT(col_a), COUNT(col_b), COUNT(*) FROM t1
;;
SELECT DISTINCT 1, log FROM t1
    UNION ALL
    SELECT 2, n FROM t1 WHERE log=3
    ORDER BY 1, 2 DESC
;;
SELECT DISTINCT a FROM tkt3376
;;
SELECT DISTINCT b FROM t2 ORDER BY b
;;
SELECT DISTINCT log FROM t1
    INTERSECT
    SELECT n FROM t1 WHERE log=3
    ORDER BY log
;;
SELECT DISTINCT name, builtin
    FROM pragma_function_list WHERE name='upper' AND builtin
;;
SELECT DISTINCT t1.x
    FROM fts, t1
   WHERE fts.rowid=11
     AND content=x
   ORDER BY fts.rowid
;;
SELECT DISTINCT y, p, q, r FROM
       (SELECT t1.y AS y, t2.b AS b FROM t1, t2 WHERE t1.x=t2.a) AS m,
       (SELECT t3.p AS p, t3.q AS q, t4.r AS r FROM t3 NATURAL JOIN t4) as n
    WHERE  y=p
;;
SELECT EXISTS (
      SELECT 1 FROM t2 WHERE x=1 INTERSECT SELECT 2 FROM t2 WHERE y=2
    )
;;
SELECT Min(f1) FROM test1
;;
SELECT P.pk from PHOTO P WHERE NOT EXISTS ( 
           SELECT T2.pk from TAG T2 WHERE T2.fk = P.pk 
           EXCEPT 
           SELECT T3.pk from TAG T3 WHERE T3.fk = P.pk AND T3.name LIKE '%foo%'
      )
;;
SELECT SUBSTR('Supercalifragilisticexpialidocious', -36, 1)
;;
SELECT SUBSTR('Supercalifragilisticexpialidocious', 30, -2)
;;
SELECT X'01020 100'
;;
SELECT a = 'BBB' FROM t24
;;
SELECT a COLLATE binary as c1, b as c2
      FROM collate1t1 ORDER BY c1
;;
SELECT a FROM collate2t1 WHERE 
      CASE a WHEN 'aa' THEN 1 ELSE 0 END
        ORDER BY 1, oid
;;
SELECT a FROM collate5t1 UNION select a FROM collate5t2
;;
SELECT a FROM t1
    WHERE b IN (SELECT b FROM t1 WHERE a<5)
    ORDER BY a
;;
SELECT a FROM t1 ORDER BY b, a LIMIT 10 OFFSET 20
;;
SELECT a FROM t1 WHERE b IN (8,12,16,24,32) ORDER BY a
;;
SELECT a FROM t1 WHERE c=''
;;
SELECT a FROM t1300 WHERE substr(b,4)='ess' COLLATE nocase ORDER BY +a
;;
SELECT a FROM t2 WHERE b=1 AND c='hello' AND d>=x'012345'
;;
SELECT a FROM t6 WHERE b IN 
        (SELECT b FROM t6 WHERE a<='b' UNION SELECT '3' AS x
                 ORDER BY 1 LIMIT 1)
;;
SELECT a FROM two ORDER BY a
;;
SELECT a+27 FROM t6 INTERSECT SELECT x FROM t2 
       ORDER BY 1 DESC LIMIT 1 OFFSET 1
;;
SELECT a, CAST (b AS TEXT) AS x, c FROM t1 
      UNION ALL 
    SELECT a, b, c FROM t2 
      ORDER BY x
;;
SELECT a, b FROM (
      SELECT a, b FROM t7 WHERE a=11 OR b=12
      UNION ALL
      SELECT c, d FROM t8 WHERE c=5 OR d=6
  )
  ORDER BY 1, 2
;;
SELECT a, b FROM t1
  UNION ALL
  SELECT * FROM (SELECT x, y FROM t2 ORDER BY y)
  LIMIT 3 OFFSET 9
;;
SELECT a, b+1 AS b_plus_one 
    FROM t1 
    WHERE CASE WHEN a=1 THEN 1 ELSE b_plus_one END
;;
SELECT a, b, 
      sum(c) OVER (ORDER BY a  GROUPS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING  EXCLUDE CURRENT ROW),
      sum(c) OVER (ORDER BY a  GROUPS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING ),
      sum(c) OVER (ORDER BY a,b  GROUPS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING  EXCLUDE CURRENT ROW),
      sum(c) OVER (ORDER BY a,b  GROUPS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING )
    FROM t3 ORDER BY 1, 2, 3
;;
SELECT a, b, c FROM t1e
;;
SELECT a, b, c, d, e, f, g
  FROM t1
  INNER JOIN t2 USING(a,b)
  FULL JOIN t3 USING(a,b)
  FULL JOIN t4 USING(a,b)
  RIGHT JOIN t5 USING(a,b)
  WHERE d<>33 OR d IS NULL
  ORDER BY 1 NULLS FIRST
;;
SELECT a, b, c, d, e, f, g
  FROM t1
  LEFT JOIN t2 USING(a,b)
  LEFT JOIN t3 USING(a,b)
  INNER JOIN t4 USING(a,b)
  RIGHT JOIN t5 USING(a,b)
  WHERE d<>33 OR d IS NULL
  ORDER BY 1 NULLS FIRST
;;
SELECT a, b, count(*) FROM collate5t1 GROUP BY a, b ORDER BY a, b
;;
SELECT a, b, min(c) OVER (ORDER BY a,b  GROUPS BETWEEN 2 PRECEDING         AND 1 PRECEDING ) FROM t3 ORDER BY 1, 2, 3
;;
SELECT a, b, quote(d), group_concat(b,'') OVER w1 FROM t1
  WINDOW w1 AS 
     (ORDER BY d DESC NULLS LAST
      RANGE BETWEEN 2.50 PRECEDING AND UNBOUNDED FOLLOWING)
  ORDER BY +d DESC NULLS LAST, +a
;;
SELECT a, b, sum(c) OVER (ORDER BY a  GROUPS BETWEEN 0 FOLLOWING         AND 0 FOLLOWING  EXCLUDE CURRENT ROW) FROM t3 ORDER BY 1, 2, 3
;;
SELECT a, b, sum(c) OVER (ORDER BY a  GROUPS BETWEEN CURRENT ROW         AND 1 FOLLOWING ) FROM t3 ORDER BY 1, 2, 3
;;
SELECT a, b, sum(c) OVER (ORDER BY a,b  GROUPS BETWEEN 2 PRECEDING         AND CURRENT ROW  EXCLUDE CURRENT ROW) FROM t3 ORDER BY 1, 2, 3
;;
SELECT a, b, sum(c) OVER (ORDER BY a,b  GROUPS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING ) FROM t3 ORDER BY 1, 2, 3
;;
SELECT a, c, d, e, f, g
  FROM t1
  FULL JOIN (t2 RIGHT JOIN t3 USING(a)) USING(a)
  LEFT JOIN (t4 LEFT JOIN t5 USING(a)) USING(a)
  WHERE a<=18
  ORDER BY 1 NULLS FIRST
;;
SELECT a, c, d, e, f, g
  FROM t1
  INNER JOIN (t2 INNER JOIN t3 USING(a)) USING(a)
  RIGHT JOIN (t4 LEFT JOIN t5 USING(a)) USING(a)
  WHERE a<=18
  ORDER BY 1 NULLS FIRST
;;
SELECT a, c, d, e, f, g
  FROM t1
  LEFT JOIN (t2 FULL JOIN t3 USING(a)) USING(a)
  FULL JOIN (t4 LEFT JOIN t5 USING(a)) USING(a)
  WHERE a<=18
  ORDER BY 1 NULLS FIRST
;;
SELECT a, c, d, e, f, g
  FROM t1
  LEFT JOIN t2 USING(a,b)
  LEFT JOIN t3 USING(a,b)
  INNER JOIN t4 USING(a,b)
  INNER JOIN t5 USING(a,b)
  WHERE a<>13
  ORDER BY 1 NULLS FIRST
;;
SELECT a, c, d, e, f, g
  FROM t1
  RIGHT JOIN t2 USING(a,b)
  FULL JOIN t3 USING(a,b)
  LEFT JOIN t4 USING(a,b)
  INNER JOIN t5 USING(a,b)
  WHERE a<>13
  ORDER BY 1 NULLS FIRST
;;
SELECT a, count(*) OVER abc, count(*) OVER def FROM t5
  WINDOW abc AS (ORDER BY a), 
         def AS (ORDER BY a DESC)
  ORDER BY a
;;
SELECT a, max(c) OVER (ORDER BY a ROWS BETWEEN 1 PRECEDING AND 1 PRECEDING)
  FROM t5
;;
SELECT a, ntile(7) OVER (ORDER BY a) FROM t3
;;
SELECT a, sum(b) FROM t3 GROUP BY a HAVING nondeter(a)
;;
SELECT a, sum(b) OVER () FROM t1
;;
SELECT a, sum(d) OVER (
    ORDER BY d 
    ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
  ) FROM t1
;;
SELECT a, t1.a, t2.a, t3.a, t4.a, t5.a
  FROM t1
  FULL JOIN t2 USING(a)
  FULL JOIN t3 USING(a)
  FULL JOIN t4 USING(a)
  RIGHT JOIN t5 USING(a)
  ORDER BY 1 NULLS FIRST
;;
SELECT a, t1.a, t2.a, t3.a, t4.a, t5.a
  FROM t1
  FULL JOIN t2 USING(a)
  INNER JOIN t3 USING(a)
  RIGHT JOIN t4 USING(a)
  FULL JOIN t5 USING(a)
  ORDER BY 1 NULLS FIRST
;;
SELECT a, t1.a, t2.a, t3.a, t4.a, t5.a
  FROM t1
  FULL JOIN t2 USING(a)
  RIGHT JOIN t3 USING(a)
  INNER JOIN t4 USING(a)
  INNER JOIN t5 USING(a)
  ORDER BY 1 NULLS FIRST
;;
SELECT a, t1.a, t2.a, t3.a, t4.a, t5.a
  FROM t1
  INNER JOIN t2 USING(a)
  FULL JOIN t3 USING(a)
  RIGHT JOIN t4 USING(a)
  LEFT JOIN t5 USING(a)
  ORDER BY 1 NULLS FIRST
;;
SELECT a, t1.a, t2.a, t3.a, t4.a, t5.a
  FROM t1
  INNER JOIN t2 USING(a)
  LEFT JOIN t3 USING(a)
  INNER JOIN t4 USING(a)
  RIGHT JOIN t5 USING(a)
  ORDER BY 1 NULLS FIRST
;;
SELECT a, t1.a, t2.a, t3.a, t4.a, t5.a
  FROM t1
  LEFT JOIN t2 USING(a)
  FULL JOIN t3 USING(a)
  FULL JOIN t4 USING(a)
  FULL JOIN t5 USING(a)
  ORDER BY 1 NULLS FIRST
;;
SELECT a, t1.a, t2.a, t3.a, t4.a, t5.a
  FROM t1
  LEFT JOIN t2 USING(a)
  INNER JOIN t3 USING(a)
  LEFT JOIN t4 USING(a)
  INNER JOIN t5 USING(a)
  ORDER BY 1 NULLS FIRST
;;
SELECT a, t1.a, t2.a, t3.a, t4.a, t5.a
  FROM t1
  LEFT JOIN t2 USING(a)
  RIGHT JOIN t3 USING(a)
  FULL JOIN t4 USING(a)
  LEFT JOIN t5 USING(a)
  ORDER BY 1 NULLS FIRST
;;
SELECT a, t1.a, t2.a, t3.a, t4.a, t5.a
  FROM t1
  RIGHT JOIN t2 USING(a)
  FULL JOIN t3 USING(a)
  LEFT JOIN t4 USING(a)
  RIGHT JOIN t5 USING(a)
  ORDER BY 1 NULLS FIRST
;;
SELECT a, t1.a, t2.a, t3.a, t4.a, t5.a
  FROM t1
  RIGHT JOIN t2 USING(a)
  LEFT JOIN t3 USING(a)
  INNER JOIN t4 USING(a)
  FULL JOIN t5 USING(a)
  ORDER BY 1 NULLS FIRST
;;
SELECT a, t1.a, t2.a, t3.a, t4.a, t5.a
  FROM t1
  RIGHT JOIN t2 USING(a)
  RIGHT JOIN t3 USING(a)
  RIGHT JOIN t4 USING(a)
  INNER JOIN t5 USING(a)
  ORDER BY 1 NULLS FIRST
;;
SELECT a, t1.a, t2.a, t3.a, t4.a, t5.a
  FROM t1 FULL JOIN (
  t2 INNER JOIN (
  t3 INNER JOIN (
  t4 LEFT JOIN t5 USING(a)
  ) USING(a)
  ) USING(a)
  ) USING(a)
  ORDER BY 1 NULLS FIRST
;;
SELECT a, t1.a, t2.a, t3.a, t4.a, t5.a
  FROM t1 FULL JOIN (
  t2 LEFT JOIN (
  t3 RIGHT JOIN (
  t4 RIGHT JOIN t5 USING(a)
  ) USING(a)
  ) USING(a)
  ) USING(a)
  ORDER BY 1 NULLS FIRST
;;
SELECT a, t1.a, t2.a, t3.a, t4.a, t5.a
  FROM t1 INNER JOIN (
  t2 FULL JOIN (
  t3 LEFT JOIN (
  t4 FULL JOIN t5 USING(a)
  ) USING(a)
  ) USING(a)
  ) USING(a)
  ORDER BY 1 NULLS FIRST
;;
SELECT a, t1.a, t2.a, t3.a, t4.a, t5.a
  FROM t1 INNER JOIN (
  t2 LEFT JOIN (
  t3 FULL JOIN (
  t4 INNER JOIN t5 USING(a)
  ) USING(a)
  ) USING(a)
  ) USING(a)
  ORDER BY 1 NULLS FIRST
;;
SELECT a, t1.a, t2.a, t3.a, t4.a, t5.a
  FROM t1 INNER JOIN (
  t2 RIGHT JOIN (
  t3 LEFT JOIN (
  t4 LEFT JOIN t5 USING(a)
  ) USING(a)
  ) USING(a)
  ) USING(a)
  ORDER BY 1 NULLS FIRST
;;
SELECT a, t1.a, t2.a, t3.a, t4.a, t5.a
  FROM t1 LEFT JOIN (
  t2 INNER JOIN (
  t3 FULL JOIN (
  t4 RIGHT JOIN t5 USING(a)
  ) USING(a)
  ) USING(a)
  ) USING(a)
  ORDER BY 1 NULLS FIRST
;;
SELECT a, t1.a, t2.a, t3.a, t4.a, t5.a
  FROM t1 LEFT JOIN (
  t2 LEFT JOIN (
  t3 RIGHT JOIN (
  t4 FULL JOIN t5 USING(a)
  ) USING(a)
  ) USING(a)
  ) USING(a)
  ORDER BY 1 NULLS FIRST
;;
SELECT a, t1.a, t2.a, t3.a, t4.a, t5.a
  FROM t1 RIGHT JOIN (
  t2 FULL JOIN (
  t3 INNER JOIN (
  t4 INNER JOIN t5 USING(a)
  ) USING(a)
  ) USING(a)
  ) USING(a)
  ORDER BY 1 NULLS FIRST
;;
SELECT a, t1.a, t2.a, t3.a, t4.a, t5.a
  FROM t1 RIGHT JOIN (
  t2 INNER JOIN (
  t3 RIGHT JOIN (
  t4 LEFT JOIN t5 USING(a)
  ) USING(a)
  ) USING(a)
  ) USING(a)
  ORDER BY 1 NULLS FIRST
;;
SELECT a, t1.a, t2.a, t3.a, t4.a, t5.a
  FROM t1 RIGHT JOIN (
  t2 RIGHT JOIN (
  t3 INNER JOIN (
  t4 RIGHT JOIN t5 USING(a)
  ) USING(a)
  ) USING(a)
  ) USING(a)
  ORDER BY 1 NULLS FIRST
;;
SELECT a, x FROM tA LEFT JOIN tB ON (
      a=1 AND b=2 AND c=3 AND d=4 AND e=5 AND f=6 AND g=7 AND h=8 AND
      i=1 AND j=2 AND k=3 AND l=4 AND m=5 AND n=6 AND o=7 AND
      (p = 1 OR p = 2 OR p = 3)
    )
;;
SELECT a,b,c FROM t1 EXCEPT SELECT a,b,c FROM t1 WHERE b<'d'
    ORDER BY b, c DESC, a
;;
SELECT a,b,c FROM t1 UNION ALL SELECT x,y,z FROM t2
    ORDER BY c,a,b
;;
SELECT a,b,c FROM t1 WHERE docid=1
;;
SELECT a,b,c,d,'|' FROM t1 WHERE c=6 ORDER BY a, b, c
;;
SELECT a,x,b FROM
      (SELECT x+3 AS 'a', x FROM t1 WHERE y=3) AS 'p',
      (SELECT x AS 'b' FROM t1 WHERE y=4) AS 'q'
    WHERE a=b
    ORDER BY a
;;
SELECT a1.rowid FROM a1, a2 WHERE a=x AND b=y
;;
SELECT acos(1)
;;
SELECT b BETWEEN 'Aa' AND 'Bb' FROM collate2t1
;;
SELECT b FROM collate2t1 WHERE b IN ('aa', 'bb') ORDER BY 1, oid
;;
SELECT b FROM t1 WHERE a IN ('hello','there')
;;
SELECT b FROM t1 WHERE lower(a)='01234' ORDER BY +b
;;
SELECT b FROM t4 WHERE a IN (3,null,8) ORDER BY +b
;;
SELECT b, abs(b), coalesce(b,-b,NOT b,c,NOT c), c, -c FROM t1
;;
SELECT b, c, d, e, f, g
  FROM t1
  NATURAL INNER JOIN t2
  NATURAL FULL JOIN t3
  NATURAL INNER JOIN t4
  NATURAL FULL JOIN t5
  WHERE b BETWEEN 12 AND 17
  ORDER BY 1 NULLS FIRST
;;
SELECT b, c, d, e, f, g
  FROM t1
  NATURAL LEFT JOIN t2
  NATURAL LEFT JOIN t3
  NATURAL LEFT JOIN t4
  NATURAL FULL JOIN t5
  WHERE b BETWEEN 12 AND 17
  ORDER BY 1 NULLS FIRST
;;
SELECT b, json_group_array(a) FROM t1 WHERE rowid<10 GROUP BY b ORDER BY b
;;
SELECT b,a,c FROM t1 ORDER BY b DESC,c,a
;;
SELECT c > 'aa' FROM collate2t1
;;
SELECT c FROM collate2t1 WHERE c NOT BETWEEN 'Aa' AND 'Bb' ORDER BY 1
;;
SELECT c FROM t1 ORDER BY c
;;
SELECT c FROM t4b WHERE +a=b
;;
SELECT c IN (SELECT a FROM collate2t1 WHERE a IN ('aa', 'bb')) 
        FROM collate2t1
;;
SELECT c0<c1 FROM v0
;;
SELECT c123 FROM t1
;;
SELECT cc.id, cc.b_id, cc.myvalue
    FROM (
      SELECT a.id, a.b_id, a.myvalue 
      FROM a, b WHERE a.b_id = b.id
    ) cc
    LEFT OUTER JOIN b dd ON cc.b_id = dd.id
;;
SELECT cnt FROM test1 WHERE power=1024
;;
SELECT coalesce(max(rowid),999) FROM t3
;;
SELECT collate2t1.b FROM collate2t2 NATURAL JOIN collate2t1
;;
SELECT count(*)
    FROM (SELECT 111 AS x UNION ALL SELECT 222)
         LEFT JOIN (SELECT c+333 AS y FROM t1) ON x=y
;;
SELECT count(*) FROM (SELECT a FROM t1) WHERE a=1
;;
SELECT count(*) FROM ft1 WHERE ft1 MATCH 'd'
;;
SELECT count(*) FROM sqlite_stat4
;;
SELECT count(*) FROM t1 LIMIT nth_value(x, 1) OVER ()
;;
SELECT count(*) FROM t1 WHERE c=10 AND c LIKE '10.0'
;;
SELECT count(*) FROM t1 WHERE x>13
;;
SELECT count(*) FROM t2
;;
SELECT count(*) FROM t3 WHERE t3.b BETWEEN 5 AND 10
;;
SELECT count(*) FROM uu WHERE a < 101
;;
SELECT count(*) FROM uu WHERE rowid <= 74
;;
SELECT count(*) FROM v
;;
SELECT count(*) OVER win FROM over
  WINDOW win AS (ORDER BY x ROWS BETWEEN +2 FOLLOWING AND +3 FOLLOWING)
;;
SELECT count(*) OVER win, group_concat(CAST(b AS TEXT), '.') 
    FILTER (WHERE 1=0) OVER win FROM t2
    WINDOW win AS (PARTITION BY (a%10) ORDER BY a ROWS BETWEEN 2 FOLLOWING    AND 4 FOLLOWING)
;;
SELECT count(*) OVER win, group_concat(CAST(b AS TEXT), '.') 
    FILTER (WHERE a%2=0) OVER win FROM t2
    WINDOW win AS (ORDER BY a ROWS BETWEEN 4 PRECEDING    AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW)
;;
SELECT count(*) OVER win, group_concat(CAST(b AS TEXT), '.') 
    FILTER (WHERE a%2=0) OVER win FROM t2
    WINDOW win AS (PARTITION BY (a%10) ORDER BY a ROWS BETWEEN CURRENT ROW         AND CURRENT ROW)
;;
SELECT count(*), substr(m,2,1) AS mx FROM t5 GROUP BY m ORDER BY 1, 2
;;
SELECT count(DISTINCT) FROM t6 GROUP BY x
;;
SELECT count(z) FROM y1 LEFT JOIN y2 ON x GROUP BY y
;;
SELECT d FROM t2 WHERE a=2 AND b<='two'
;;
SELECT decimal(0001.0)
;;
SELECT dense_rank() OVER ( ORDER BY a ROWS BETWEEN 4 FOLLOWING    AND UNBOUNDED FOLLOWING ) FROM t2
;;
SELECT dense_rank() OVER ( ORDER BY b ROWS BETWEEN 4 PRECEDING    AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW ) FROM t2
;;
SELECT dense_rank() OVER ( ORDER BY b%10 ROWS BETWEEN CURRENT ROW         AND UNBOUNDED FOLLOWING ) FROM t2
;;
SELECT dense_rank() OVER ( PARTITION BY b%10 ORDER BY b RANGE BETWEEN CURRENT ROW         AND CURRENT ROW ) FROM t2
;;
SELECT dense_rank() OVER ( PARTITION BY b%2 ORDER BY b%10 ROWS BETWEEN 4 FOLLOWING    AND UNBOUNDED FOLLOWING ) FROM t2
;;
SELECT docid FROM ft9 WHERE ft9 MATCH 'N'
;;
SELECT docid FROM t1 WHERE content MATCH 'one NEAR two NEAR one'
;;
SELECT docid FROM t2 WHERE t2 MATCH 'aa'
;;
SELECT docid, quote(size) FROM ft4_docsize
;;
SELECT editdist3('anchor','anchoxr')
;;
SELECT eval('SELECT * FROM t1 ORDER BY a',',')
;;
SELECT f1 FROM test1 ORDER BY min(f1,f2)
;;
SELECT f3(a+b) FROM t1
;;
SELECT first_value(b) OVER ( ORDER BY b,a ROWS BETWEEN 2 FOLLOWING    AND 4 FOLLOWING ) FROM t2
;;
SELECT first_value(b) OVER ( PARTITION BY b%10 ORDER BY b,a ROWS BETWEEN 4 PRECEDING    AND UNBOUNDED FOLLOWING ) FROM t2
;;
SELECT first_value(b) OVER (ORDER BY a ROWS BETWEEN CURRENT ROW         AND CURRENT ROW) FROM t2
;;
SELECT first_value(b) OVER (PARTITION BY b%10 ORDER BY a ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM t2
;;
SELECT flt FROM t1 ORDER BY flt DESC
;;
SELECT fts3_exprtest('simple', 'a b OR', 'c')
;;
SELECT group_concat(CASE WHEN t1!='software' THEN null ELSE t1 END) FROM tbl1
;;
SELECT group_concat(CAST(b AS TEXT), '.') OVER ( ORDER BY b,a RANGE BETWEEN CURRENT ROW         AND UNBOUNDED FOLLOWING ) FROM t2
;;
SELECT group_concat(CAST(b AS TEXT), '.') OVER ( PARTITION BY b%10 ORDER BY b,a ROWS BETWEEN 4 PRECEDING    AND 2 FOLLOWING ) FROM t2
;;
SELECT group_concat(CAST(b AS TEXT), '.') OVER (ORDER BY a ROWS BETWEEN 4 PRECEDING    AND UNBOUNDED FOLLOWING EXCLUDE TIES) FROM t2
;;
SELECT group_concat(CAST(b AS TEXT), '.') OVER (PARTITION BY b%10 ORDER BY a ROWS BETWEEN UNBOUNDED PRECEDING AND 4 FOLLOWING) FROM t2
;;
SELECT group_concat(CAST(b AS TEXT), '.') OVER (win1 ORDER BY b%10 RANGE BETWEEN CURRENT ROW         AND UNBOUNDED FOLLOWING) 
    FROM t2
    WINDOW win1 AS (PARTITION BY b%2,a)
    ORDER BY 1
;;
SELECT group_concat(CAST(b AS TEXT), '.') OVER (win1 ROWS BETWEEN 4 PRECEDING    AND 2 FOLLOWING) 
    FROM t2
    WINDOW win1 AS (PARTITION BY b%2,a ORDER BY b%10)
    ORDER BY 1
;;
SELECT group_concat(CAST(b AS TEXT), '.') OVER win2
    FROM t2
    WINDOW win1 AS (PARTITION BY b%2,a ORDER BY b%10),
           win2 AS (win1 ROWS BETWEEN 4 PRECEDING    AND UNBOUNDED FOLLOWING EXCLUDE TIES)
    ORDER BY 1
;;
SELECT group_concat(hex(randomblob(20000))) FROM t4
;;
SELECT hex(trim(x'c280e1bfbff48fbfbf6869',x'6162e1bfbfc280'))
;;
SELECT icu_load_collation('lt_LT', 'Lithuanian')
;;
SELECT id FROM t12nc WHERE x LIKE 'abc%' COLLATE binary ORDER BY +id
;;
SELECT id, x, y, z, t4.id, t5.id, t6.id
      FROM t5 NATURAL FULL JOIN t4 NATURAL FULL JOIN t6
     ORDER BY id
;;
SELECT instr(x'', x'')
;;
SELECT json_array(1,json_object('abc',2.5,'def',null,'ghi','hello'),99)
-- the second term goes in as JSON
;;
SELECT json_object('a',2,'c',json_object('e',5))
;;
SELECT json_valid('{"x":-00}')
;;
SELECT k FROM x1 LEFT JOIN x2 USING(k)
;;
SELECT lag(b,b) OVER ( ORDER BY b%10,a ROWS BETWEEN 4 PRECEDING    AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW ) FROM t2
;;
SELECT lag(b,b) OVER ( ORDER BY b,a ROWS BETWEEN CURRENT ROW         AND UNBOUNDED FOLLOWING ) FROM t2
;;
SELECT lag(b,b) OVER (ORDER BY a RANGE BETWEEN CURRENT ROW         AND CURRENT ROW) FROM t2
;;
SELECT lag(b,b) OVER (PARTITION BY b%10 ORDER BY a ROWS BETWEEN 4 FOLLOWING    AND UNBOUNDED FOLLOWING) FROM t2
;;
SELECT lag(b,b) OVER (PARTITION BY b%2,a ORDER BY b%10 ROWS BETWEEN 4 PRECEDING    AND UNBOUNDED FOLLOWING EXCLUDE GROUP) FROM t2
;;
SELECT last_value(a+b) OVER ( ORDER BY a ROWS BETWEEN 4 PRECEDING    AND UNBOUNDED FOLLOWING EXCLUDE TIES ) FROM t2
;;
SELECT last_value(a+b) OVER ( ORDER BY b%10,a ROWS BETWEEN UNBOUNDED PRECEDING AND 4 PRECEDING ) FROM t2
;;
SELECT last_value(a+b) OVER ( PARTITION BY b%10 ORDER BY a RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW ) FROM t2
;;
SELECT last_value(a+b) OVER ( PARTITION BY b%10 ORDER BY b,a ROWS BETWEEN 4 PRECEDING    AND 2 PRECEDING ) FROM t2
;;
SELECT last_value(a+b) OVER (PARTITION BY b%2,a ORDER BY b%10 ROWS BETWEEN 4 PRECEDING    AND UNBOUNDED FOLLOWING) FROM t2
;;
SELECT lead(b,b) OVER ( ORDER BY b%10,a ROWS BETWEEN UNBOUNDED PRECEDING AND 4 FOLLOWING ) FROM t2
;;
SELECT lead(b,b) OVER ( PARTITION BY b%10 ORDER BY b,a RANGE BETWEEN CURRENT ROW         AND UNBOUNDED FOLLOWING ) FROM t2
;;
SELECT lead(b,b) OVER (ORDER BY a ROWS BETWEEN 4 PRECEDING    AND 2 FOLLOWING) FROM t2
;;
SELECT lead(b,b) OVER (PARTITION BY b%10 ORDER BY a ROWS BETWEEN 4 PRECEDING    AND UNBOUNDED FOLLOWING EXCLUDE TIES) FROM t2
;;
SELECT lead(b,b) OVER (PARTITION BY b%2,a ORDER BY b%10 ROWS BETWEEN UNBOUNDED PRECEDING AND 4 FOLLOWING) FROM t2
;;
SELECT length(x) FROM t1
;;
SELECT likelihood(14.125, 0.5)
;;
SELECT log(2,65536), log(10,100), quote(log(1,100)), quote(log(0,100))
;;
SELECT log, min(n) FROM t1 GROUP BY log ORDER BY log
;;
SELECT matchinfo(t7, 'a') FROM t7 WHERE t7 MATCH 'x y'
;;
SELECT max(1.0,intreal(2),intreal(3),4.0),
         max(1,intreal(2),intreal(3),4)
;;
SELECT max(b) OVER ( ORDER BY a ROWS BETWEEN 2 FOLLOWING    AND 4 FOLLOWING ) FROM t2
;;
SELECT max(c) OVER ( ORDER BY a RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), 
  min(c) OVER (PARTITION BY b, a ORDER BY a RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
  FROM ttt ORDER BY a
;;
SELECT max(c) OVER (PARTITION BY b ORDER BY a RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), 
  min(c) OVER (PARTITION BY b ORDER BY a RANGE BETWEEN CURRENT ROW AND CURRENT ROW)
  FROM ttt ORDER BY a
;;
SELECT max(c) OVER (PARTITION BY b ORDER BY a ROWS BETWEEN 3 PRECEDING AND 1 FOLLOWING), 
  min(c) OVER (PARTITION BY b ORDER BY a ROWS BETWEEN 0 PRECEDING AND 1 PRECEDING)
  FROM ttt ORDER BY a
;;
SELECT max(c) OVER win,
             min(c) OVER win,
             count(a) OVER win
      FROM t3
      WINDOW win AS (  ORDER BY a NULLS FIRST GROUPS 6 PRECEDING   EXCLUDE TIES  )
      ORDER BY 1 NULLS FIRST, 2 NULLS FIRST, 3 NULLS FIRST
;;
SELECT max(c) OVER win,
             min(c) OVER win,
             count(a) OVER win
      FROM t3
      WINDOW win AS (  ORDER BY c NULLS LAST RANGE BETWEEN 6 PRECEDING AND 7 FOLLOWING   EXCLUDE CURRENT ROW  )
      ORDER BY 1 NULLS FIRST, 2 NULLS FIRST, 3 NULLS FIRST
;;
SELECT max(oid) FROM sqlite_master
;;
SELECT max(x) FROM t6
;;
SELECT min (a) OVER win FROM t2
  WINDOW win AS (
      ORDER BY b NULLS LAST RANGE BETWEEN 1 PRECEDING AND 2 PRECEDING
  )
;;
SELECT min(a,b,c) FROM t1
;;
SELECT min(b) OVER ( ORDER BY a ROWS BETWEEN CURRENT ROW         AND CURRENT ROW ) FROM t2
;;
SELECT min(rowid) FROM t7
;;
SELECT min(x), min(a), min(b), min(c), min(a+b+c) FROM v2
;;
SELECT multiplex_control(1, -1)
;;
SELECT n FROM t1 ORDER BY n
;;
SELECT name FROM fruit ORDER BY name COLLATE Lithuanian ASC
;;
SELECT name FROM sqlite_master 
    WHERE type='index' AND tbl_name='test1'
;;
SELECT name FROM sqlite_master WHERE type='index'
;;
SELECT name fROM sqlite_master 
    WHERE type='table' OR type='index'
    ORDER BY name
;;
SELECT name, quote(path), pageno, quote(pagetype), ncell, payload,
         unused, mx_payload, '|' FROM dbstat('aux1',1)
;;
SELECT next_char('r','vocab','w')
;;
SELECT nth_value(b,b+1) OVER ( ORDER BY b,a RANGE BETWEEN CURRENT ROW         AND CURRENT ROW ) FROM t2
;;
SELECT nth_value(b,b+1) OVER ( PARTITION BY b%10 ORDER BY b,a ROWS BETWEEN 4 FOLLOWING    AND UNBOUNDED FOLLOWING ) FROM t2
;;
SELECT nth_value(b,b+1) OVER (ORDER BY a ROWS BETWEEN 4 PRECEDING    AND UNBOUNDED FOLLOWING EXCLUDE GROUP) FROM t2
;;
SELECT nth_value(b,b+1) OVER (PARTITION BY b%10 ORDER BY a ROWS BETWEEN CURRENT ROW         AND UNBOUNDED FOLLOWING) FROM t2
;;
SELECT nth_value(c, 14) OVER win 
    FROM t3
    WINDOW win AS (
      ORDER BY c, b, a
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING  EXCLUDE CURRENT ROW 
    )
;;
SELECT null IN t6
;;
SELECT n||'' FROM t1 ORDER BY 1 DESC
;;
SELECT offsets(t2) FROM t2 WHERE t2 MATCH 'a AND d OR b' ORDER BY docid ASC
;;
SELECT percentile(x) FROM t1
;;
SELECT pointer_change(y, 'blob', 'noop', 'text') FROM t1 WHERE x=3
;;
SELECT pointer_change(y, 'text16', 'noop', 'text') FROM t1 WHERE x=4
;;
SELECT printf('(%-5.3c)',char(1492))
;;
SELECT printf('|%110.100c|','*')
;;
SELECT quote( ret_i('abc') )
;;
SELECT quote(a), quote(b), quote(c), quote(d), quote(e) FROM t5
;;
SELECT quote(root) FROM ft_segdir
;;
SELECT quote(x) FROM t4 WHERE x LIKE 'ab%' ORDER BY x ASC
;;
SELECT rank() OVER ( ORDER BY a ROWS BETWEEN 4 PRECEDING    AND CURRENT ROW ) FROM t2
;;
SELECT rank() OVER ( ORDER BY b ROWS BETWEEN CURRENT ROW         AND 4 FOLLOWING ) FROM t2
;;
SELECT rank() OVER ( ORDER BY b%10 ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW ) FROM t2
;;
SELECT rank() OVER ( PARTITION BY b%10 ORDER BY b RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING ) FROM t2
;;
SELECT rank() OVER ( PARTITION BY b%2 ORDER BY b%10 ROWS BETWEEN 4 PRECEDING    AND CURRENT ROW ) FROM t2
;;
SELECT rhs FROM qpvtab
   WHERE cn='a'
     AND a GLOB x'0123'
;;
SELECT round( cosh(0), 7)
;;
SELECT round(b,0) FROM t1 ORDER BY a
;;
SELECT row_number() OVER ( ORDER BY a ROWS BETWEEN 4 PRECEDING    AND 2 FOLLOWING ) FROM t2
;;
SELECT row_number() OVER ( PARTITION BY b%10 ORDER BY a ROWS BETWEEN 4 PRECEDING    AND UNBOUNDED FOLLOWING EXCLUDE GROUP ) FROM t2
;;
SELECT row_number() OVER ( ROWS BETWEEN UNBOUNDED PRECEDING AND 4 FOLLOWING ) FROM t2
;;
SELECT rowid FROM e2 WHERE rowid IN (SELECT +c FROM e1)
;;
SELECT rowid FROM t0 WHERE x MATCH '"" OR ""'
;;
SELECT rowid FROM t1 WHERE content MATCH '  ONE    Two   three  '
;;
SELECT rowid FROM t1 WHERE content MATCH 'one two'
;;
SELECT rowid FROM t1 WHERE spanish MATCH 'one'
;;
SELECT rowid FROM t1 WHERE t1 MATCH 'this -something'
;;
SELECT rowid FROM t2 WHERE t2 MATCH '"f e"'
;;
SELECT rowid FROM t4 WHERE t4 MATCH 'plusone:two norm:one'
;;
SELECT rowid FROM wordcount_c
;;
SELECT rowid, * FROM t1 WHERE b<'second'
;;
SELECT rowid, a FROM t5 WHERE 5.5>=rowid
;;
SELECT rowid, a FROM t5 WHERE rowid>=5.0 ORDER BY rowid DESC
;;
SELECT rowid, a, b, c FROM echo_abc
;;
SELECT rowid, snippet(t1) FROM t1 WHERE t1 MATCH '123000000789'
;;
SELECT rtrim('  hi  ')
;;
SELECT snippet(t1) FROM t1 WHERE t1 MATCH 'run jump'
;;
SELECT sql FROM sqlite_master ORDER BY 1
;;
SELECT sql FROM sqlite_master WHERE name='t5'
;;
SELECT sql FROM sqlite_schema WHERE name = 't1'
;;
SELECT sql FROM temp.sqlite_schema WHERE name='t2'
;;
SELECT sqlite_compileoption_used(NULL)
;;
SELECT substr(a,1,4) FROM t2 WHERE a = CAST(836627109860825358 AS REAL)
;;
SELECT sum (a) OVER win FROM t2
  WINDOW win AS (
      ORDER BY b NULLS FIRST RANGE BETWEEN 1000 PRECEDING AND 2000 PRECEDING
  )
;;
SELECT sum(a) FILTER (WHERE b<5),
           count() FILTER (WHERE d!=c) 
      FROM t1 GROUP BY c ORDER BY 1
;;
SELECT sum(b) OVER (
    ORDER BY a DESC NULLS FIRST RANGE 
    BETWEEN UNBOUNDED PRECEDING AND 10 FOLLOWING
  ) FROM t1 ORDER BY 1 NULLS LAST
;;
SELECT sum(c) FILTER (WHERE (c%2)!=0) OVER win,
             rank() OVER win,
             dense_rank() OVER win
      FROM t3
      WINDOW win AS (  ORDER BY a NULLS FIRST GROUPS 6 PRECEDING   EXCLUDE GROUP  )
      ORDER BY 1 NULLS FIRST, 2 NULLS FIRST, 3 NULLS FIRST
;;
SELECT sum(c) FILTER (WHERE (c%2)!=0) OVER win,
             rank() OVER win,
             dense_rank() OVER win
      FROM t3
      WINDOW win AS (  ORDER BY c NULLS LAST RANGE BETWEEN 0 PRECEDING AND 0 FOLLOWING   EXCLUDE NO OTHERS  )
      ORDER BY 1 NULLS FIRST, 2 NULLS FIRST, 3 NULLS FIRST
;;
SELECT sum(c) OVER (PARTITION BY a ORDER BY a RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), 
         sum(c) OVER (PARTITION BY a ORDER BY a RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
  FROM ttt ORDER BY a
;;
SELECT sum(c) OVER (PARTITION BY b ORDER BY a RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), 
         sum(c) OVER (PARTITION BY b ORDER BY a RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
  FROM ttt ORDER BY a
;;
SELECT sum(c) OVER (PARTITION BY b ORDER BY a ROWS BETWEEN 3 PRECEDING AND 1 FOLLOWING), 
         sum(c) OVER (PARTITION BY b ORDER BY a ROWS BETWEEN 1 PRECEDING AND 1 PRECEDING)
  FROM ttt ORDER BY a
;;
SELECT sum(d) OVER( PARTITION BY(SELECT 0 FROM c JOIN a WHERE b =(SELECT b INTERSECT SELECT d FROM c) AND b = 123)) FROM c
;;
SELECT sum(x) FROM (SELECT x FROM t3 ORDER BY x DESC LIMIT 2)
;;
SELECT t1.* FROM t1, t2 WHERE 
    t1_id=t2_id AND t1_id IN (
        SELECT         row_number() OVER ( ORDER BY t1_id ) FROM t3
    )
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 FULL JOIN t2 ON t1.b = t2.b AND t2.x>0
  INNER JOIN t3 ON t1.c IS NOT DISTINCT FROM t3.c AND t3.y>0
  FULL JOIN t4 ON t1.d = t4.d AND t4.z>0
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 FULL JOIN t2 ON t1.b=t2.b
  FULL JOIN t3 ON t1.c=t3.c AND t3.y>0
  INNER JOIN t4 ON t1.d=t4.d AND t4.z>0
  WHERE t2.x>0
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 FULL JOIN t2 ON t1.b=t2.b
  INNER JOIN t3 ON t1.c=t3.c AND t3.y>0
  RIGHT JOIN t4 ON t1.d=t4.d AND t4.z>0
  WHERE (t2.x>0 OR t2.x IS NULL)
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 FULL JOIN t2 ON t1.b=t2.b
  RIGHT JOIN t3 ON t1.c=t3.c
  INNER JOIN t4 ON t1.d=t4.d AND t4.z>0
  WHERE t2.x>0 AND t3.y>0
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 FULL JOIN t2 ON t1.b=t2.b AND t2.x>0
  FULL JOIN t3 ON t1.c=t3.c
  LEFT JOIN t4 ON t1.d=t4.d AND t4.z>0
  WHERE t3.y>0 OR t3.y IS NULL
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 FULL JOIN t2 ON t1.b=t2.b AND t2.x>0
  INNER JOIN t3 ON t1.c=t3.c
  INNER JOIN t4 ON t1.d=t4.d AND t4.z>0
  WHERE t3.y>0 OR t3.y IS NULL
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 FULL JOIN t2 ON t1.b=t2.b AND t2.x>0
  LEFT JOIN t3 ON t1.c=t3.c
  FULL JOIN t4 ON t1.d=t4.d AND t4.z>0
  WHERE t3.y>0 OR t3.y IS NULL
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 FULL JOIN t2 ON t1.b=t2.b AND t2.x>0
  RIGHT JOIN t3 ON t1.c IN (-4,t3.c,-5) AND t3.y>0
  RIGHT JOIN t4 ON t1.d=t4.d AND t4.z>0
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 FULL JOIN t2 ON t2.x>0
  FULL JOIN t3 ON t1.c = t3.c AND t3.y>0
  FULL JOIN t4 ON t1.d = t4.d AND t4.z>0
  WHERE t1.b = t2.b
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 FULL JOIN t2 ON t2.x>0
  LEFT JOIN t3 ON t1.c IS NOT DISTINCT FROM t3.c AND t3.y>0
  FULL JOIN t4 ON t4.z>0
  WHERE t1.b = t2.b AND t1.d = t4.d
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 FULL JOIN t2 ON true
  FULL JOIN t3 ON t1.c=t3.c AND t3.y>0
  LEFT JOIN t4 ON t1.d=t4.d AND t4.z>0
  WHERE t1.b=t2.b AND t2.x>0
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 INNER JOIN t2 ON t1.b IN (t2.b,-2,-3) AND t2.x>0
  LEFT JOIN t3 ON t1.c=t3.c AND t3.y>0
  RIGHT JOIN t4 ON t1.d=t4.d AND t4.z>0
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 INNER JOIN t2 ON t1.b IS NOT DISTINCT FROM t2.b AND t2.x>0
  LEFT JOIN t3 ON t1.c=t3.c AND t3.y>0
  FULL JOIN t4 ON t1.d=t4.d AND t4.z>0
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 INNER JOIN t2 ON t1.b=t2.b
  FULL JOIN t3 ON t1.c=t3.c AND t3.y>0
  INNER JOIN t4 ON t1.d=t4.d AND t4.z>0
  WHERE t2.x>0
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 INNER JOIN t2 ON t1.b=t2.b
  INNER JOIN t3 ON t1.c=t3.c AND t3.y>0
  RIGHT JOIN t4 ON t1.d=t4.d AND t4.z>0
  WHERE (t2.x>0 OR t2.x IS NULL)
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 INNER JOIN t2 ON t1.b=t2.b
  RIGHT JOIN t3 ON t1.c=t3.c
  INNER JOIN t4 ON t1.d=t4.d AND t4.z>0
  WHERE t2.x>0 AND t3.y>0
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 INNER JOIN t2 ON t1.b=t2.b AND t2.x>0
  FULL JOIN t3 ON t1.c=t3.c
  LEFT JOIN t4 ON t1.d=t4.d AND t4.z>0
  WHERE t3.y>0 OR t3.y IS NULL
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 INNER JOIN t2 ON t1.b=t2.b AND t2.x>0
  INNER JOIN t3 ON t1.c=t3.c
  INNER JOIN t4 ON t1.d=t4.d AND t4.z>0
  WHERE t3.y>0 OR t3.y IS NULL
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 INNER JOIN t2 ON t1.b=t2.b AND t2.x>0
  LEFT JOIN t3 ON t1.c=t3.c
  FULL JOIN t4 ON t1.d=t4.d AND t4.z>0
  WHERE t3.y>0 OR t3.y IS NULL
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 INNER JOIN t2 ON t1.b=t2.b AND t2.x>0
  RIGHT JOIN t3 ON t1.c IN (-4,t3.c,-5) AND t3.y>0
  RIGHT JOIN t4 ON t1.d=t4.d AND t4.z>0
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 INNER JOIN t2 ON t2.x>0
  FULL JOIN t3 ON t1.c = t3.c AND t3.y>0
  FULL JOIN t4 ON t1.d = t4.d AND t4.z>0
  WHERE t1.b IS NOT DISTINCT FROM t2.b
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 INNER JOIN t2 ON t2.x>0
  LEFT JOIN t3 ON t1.c IS NOT DISTINCT FROM t3.c AND t3.y>0
  FULL JOIN t4 ON t4.z>0
  WHERE t1.b IS NOT DISTINCT FROM t2.b AND t1.d = t4.d
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 INNER JOIN t2 ON true
  FULL JOIN t3 ON t1.c=t3.c AND t3.y>0
  LEFT JOIN t4 ON t1.d=t4.d AND t4.z>0
  WHERE t1.b=t2.b AND t2.x>0
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 LEFT JOIN t2 ON t1.b IN (t2.b,-2,-3) AND t2.x>0
  LEFT JOIN t3 ON t1.c=t3.c AND t3.y>0
  RIGHT JOIN t4 ON t1.d=t4.d AND t4.z>0
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 LEFT JOIN t2 ON t1.b IS NOT DISTINCT FROM t2.b AND t2.x>0
  LEFT JOIN t3 ON t1.c=t3.c AND t3.y>0
  FULL JOIN t4 ON t1.d=t4.d AND t4.z>0
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 LEFT JOIN t2 ON t1.b=t2.b
  FULL JOIN t3 ON t1.c=t3.c AND t3.y>0
  INNER JOIN t4 ON t1.d=t4.d AND t4.z>0
  WHERE t2.x>0
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 LEFT JOIN t2 ON t1.b=t2.b
  INNER JOIN t3 ON t1.c=t3.c AND t3.y>0
  RIGHT JOIN t4 ON t1.d=t4.d AND t4.z>0
  WHERE (t2.x>0 OR t2.x IS NULL)
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 LEFT JOIN t2 ON t1.b=t2.b
  RIGHT JOIN t3 ON t1.c=t3.c
  INNER JOIN t4 ON t1.d=t4.d AND t4.z>0
  WHERE t2.x>0 AND t3.y>0
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 LEFT JOIN t2 ON t1.b=t2.b AND t2.x>0
  FULL JOIN t3 ON t1.c=t3.c
  LEFT JOIN t4 ON t1.d=t4.d AND t4.z>0
  WHERE t3.y>0 OR t3.y IS NULL
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 LEFT JOIN t2 ON t1.b=t2.b AND t2.x>0
  INNER JOIN t3 ON t1.c=t3.c
  INNER JOIN t4 ON t1.d=t4.d AND t4.z>0
  WHERE t3.y>0 OR t3.y IS NULL
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 LEFT JOIN t2 ON t1.b=t2.b AND t2.x>0
  LEFT JOIN t3 ON t1.c=t3.c
  FULL JOIN t4 ON t1.d=t4.d AND t4.z>0
  WHERE t3.y>0 OR t3.y IS NULL
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 LEFT JOIN t2 ON t1.b=t2.b AND t2.x>0
  RIGHT JOIN t3 ON t1.c IN (-4,t3.c,-5) AND t3.y>0
  RIGHT JOIN t4 ON t1.d=t4.d AND t4.z>0
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 LEFT JOIN t2 ON t2.x>0
  FULL JOIN t3 ON t1.c = t3.c AND t3.y>0
  FULL JOIN t4 ON t1.d = t4.d AND t4.z>0
  WHERE t1.b IS NOT DISTINCT FROM t2.b
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 LEFT JOIN t2 ON t2.x>0
  LEFT JOIN t3 ON t1.c IS NOT DISTINCT FROM t3.c AND t3.y>0
  FULL JOIN t4 ON t4.z>0
  WHERE t1.b IS NOT DISTINCT FROM t2.b AND t1.d = t4.d
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 LEFT JOIN t2 ON true
  FULL JOIN t3 ON t1.c=t3.c AND t3.y>0
  LEFT JOIN t4 ON t1.d=t4.d AND t4.z>0
  WHERE t1.b=t2.b AND t2.x>0
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 RIGHT JOIN t2 ON t1.b IN (t2.b,-2,-3) AND t2.x>0
  LEFT JOIN t3 ON t1.c=t3.c AND t3.y>0
  RIGHT JOIN t4 ON t1.d=t4.d AND t4.z>0
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 RIGHT JOIN t2 ON t1.b IS NOT DISTINCT FROM t2.b AND t2.x>0
  LEFT JOIN t3 ON t1.c=t3.c AND t3.y>0
  FULL JOIN t4 ON t1.d=t4.d AND t4.z>0
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 RIGHT JOIN t2 ON t1.b=t2.b
  FULL JOIN t3 ON t1.c=t3.c AND t3.y>0
  INNER JOIN t4 ON t1.d=t4.d AND t4.z>0
  WHERE t2.x>0
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 RIGHT JOIN t2 ON t1.b=t2.b
  INNER JOIN t3 ON t1.c=t3.c AND t3.y>0
  RIGHT JOIN t4 ON t1.d=t4.d AND t4.z>0
  WHERE (t2.x>0 OR t2.x IS NULL)
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 RIGHT JOIN t2 ON t1.b=t2.b
  RIGHT JOIN t3 ON t1.c=t3.c
  INNER JOIN t4 ON t1.d=t4.d AND t4.z>0
  WHERE t2.x>0 AND t3.y>0
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 RIGHT JOIN t2 ON t1.b=t2.b AND t2.x>0
  FULL JOIN t3 ON t1.c=t3.c
  LEFT JOIN t4 ON t1.d=t4.d AND t4.z>0
  WHERE t3.y>0 OR t3.y IS NULL
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 RIGHT JOIN t2 ON t1.b=t2.b AND t2.x>0
  INNER JOIN t3 ON t1.c=t3.c
  INNER JOIN t4 ON t1.d=t4.d AND t4.z>0
  WHERE t3.y>0 OR t3.y IS NULL
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 RIGHT JOIN t2 ON t1.b=t2.b AND t2.x>0
  LEFT JOIN t3 ON t1.c=t3.c
  FULL JOIN t4 ON t1.d=t4.d AND t4.z>0
  WHERE t3.y>0 OR t3.y IS NULL
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 RIGHT JOIN t2 ON t1.b=t2.b AND t2.x>0
  RIGHT JOIN t3 ON t1.c IN (-4,t3.c,-5) AND t3.y>0
  RIGHT JOIN t4 ON t1.d=t4.d AND t4.z>0
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 RIGHT JOIN t2 ON t2.x>0
  FULL JOIN t3 ON t1.c = t3.c AND t3.y>0
  FULL JOIN t4 ON t1.d = t4.d AND t4.z>0
  WHERE t1.b IS NOT DISTINCT FROM t2.b
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 RIGHT JOIN t2 ON t2.x>0
  LEFT JOIN t3 ON t1.c IS NOT DISTINCT FROM t3.c AND t3.y>0
  FULL JOIN t4 ON t4.z>0
  WHERE t1.b IS NOT DISTINCT FROM t2.b AND t1.d = t4.d
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.*, t2.*, t3.*, t4.*
  FROM t1 RIGHT JOIN t2 ON true
  FULL JOIN t3 ON t1.c=t3.c AND t3.y>0
  LEFT JOIN t4 ON t1.d=t4.d AND t4.z>0
  WHERE t1.b=t2.b AND t2.x>0
  ORDER BY coalesce(t1.a,t2.b,t3.c,t4.d,0)
;;
SELECT t1.a
    FROM t3 CROSS JOIN t1 CROSS JOIN t2
   WHERE t1.a=t2.c AND t2.b=t3.d
   ORDER BY t1.a DESC
;;
SELECT t1.x FROM t2 CROSS JOIN t1 WHERE t2.z = t1.y
;;
SELECT t3.b, t4.* FROM t3, t4
;;
SELECT term FROM terms
;;
SELECT term, documents, occurrences FROM terms_v WHERE term>='abc'
;;
SELECT test_getsubtype(test_setsubtype('hello',123))
;;
SELECT tointeger(-1)
;;
SELECT tointeger(4503599627370496 - 1)
;;
SELECT tointeger(toreal(18446744073709551616))
;;
SELECT token FROM t3 WHERE input = NULL
;;
SELECT toreal(-9223372036854775807 - 1)
;;
SELECT toreal(tointeger(18446744073709551616) - 1)
;;
SELECT toreal(x'fff0000000000001')
;;
SELECT typeof('123abc')
;;
SELECT typeof(CAST('123abc' AS integer))
;;
SELECT typeof(X'0123456789abcdef')
;;
SELECT typeof(d), d FROM t1
;;
SELECT typeof(replace(NULL, 'main', 'ALT'))
;;
SELECT typeof(x), typeof(y) FROM t WHERE 1=x-0 AND y=='1'
;;
SELECT uppercaseconversionfunctionwithaverylongname(b) AS x
      FROM t1
     GROUP BY x
     ORDER BY x
;;
SELECT w FROM tx
       WHERE x IN (SELECT x FROM t1 WHERE +w BETWEEN 200 AND 300)
         AND y IN (SELECT y FROM t1 WHERE +w BETWEEN 10 AND 20)
         AND z IN (SELECT z FROM t1 WHERE +w BETWEEN 10 AND 20)
;;
SELECT word FROM x3 WHERE ruleset=1 AND word MATCH 'a' ORDER BY distance ASC
;;
SELECT word, distance, matchlen FROM demo WHERE 
  word MATCH 'amstedam*' AND distance <= 100
  ORDER BY +word
;;
SELECT x FROM (SELECT x FROM t1 LIMIT 2)
;;
SELECT x FROM t1 ORDER BY x+1 LIMIT -2, 5
;;
SELECT x FROM t1 WHERE x IN(2, 4, 5) ORDER BY x DESC
;;
SELECT x FROM t1 WHERE y REGEXP 'ur{2,10}e' ORDER BY x
;;
SELECT x FROM t2 WHERE 1 IN (x)
;;
SELECT x FROM t3 WHERE x IN (1)
;;
SELECT x FROM t5a WHERE x LIKE '^12%' ESCAPE '^'
;;
SELECT x'012@45'
;;
SELECT x, lag(x) FILTER (WHERE (x%2)=0) OVER w FROM t1 
  WINDOW w AS (ORDER BY x)
;;
SELECT x, y FROM t5 WHERE '1.0' IN (x)
;;
SELECT x,y,z FROM t2 UNION ALL SELECT a,b,c FROM t1
    ORDER BY b COLLATE NOCASE DESC,a,c
;;
SELECT x,y,z FROM t2 UNION SELECT a,b,c FROM t3
    ORDER BY y COLLATE NOCASE,x,z
;;
SELECT x75 FROM manycol WHERE x50=350
;;
SELECT y FROM t15 WHERE x LIKE 'abcdx%%' ESCAPE 'x'
;;
SELECT y, typeof(y) FROM t2 WHERE x=3
;;
UPDATE "x y" SET "c d"='e' WHERE "c d"!='e' ORDER BY "c d" LIMIT 2 OFFSET 2
;;
UPDATE OR REPLACE t1 SET x = 1
;;
UPDATE ab SET b = a_string(301)
;;
UPDATE c1 SET y=t FROM map WHERE x=f
;;
UPDATE ft_segdir SET root = blob(
    '0005616261636B03010200 FFFFFFFF0702 66740302020003046E646F6E03030200'
  )
;;
UPDATE parameters1 SET mountcnt = mountcnt + 1
;;
UPDATE sqlite_dbpage SET data=zeroblob(4096) WHERE pgno=2 AND schema='aux1'
;;
UPDATE sqlite_master SET tbl_name='t9',type='table',name='t9'WHERE name='t1'
;;
UPDATE sqlite_schema SET sql='CREATE TABLE t1(a INT, b TEXT)' WHERE name LIKE 't1'
;;
UPDATE sqlite_stat4 SET sample = X'' WHERE rowid = 1
;;
UPDATE t1 SET (c,d) = (SELECT x,y,z FROM t2 WHERE w=a)
;;
UPDATE t1 SET a = a||'x' WHERE rowid<3700
;;
UPDATE t1 SET a=43
;;
UPDATE t1 SET b = 10
;;
UPDATE t1 SET b=a, a=0
;;
UPDATE t1 SET b=randomblob(100) WHERE (rowid%10)==0
;;
UPDATE t1 SET c=1 WHERE (a, b) = ('b', 'a')
;;
UPDATE t1 SET rowid=2000 WHERE word='rabbit'
;;
UPDATE t1 SET x=n FROM x1 WHERE x=o
;;
UPDATE t1 SET y=counter(5)
;;
UPDATE t1_docsize SET size=x'88' WHERE docid=1
;;
UPDATE t2 SET a = randomblob(1000)
;;
UPDATE t2 SET b='123' WHERE b='abc' RETURNING (SELECT b FROM t1)
;;
UPDATE t2 SET d = 2
;;
UPDATE t2 SET y='abcdef-uvwxyz'
;;
UPDATE t3 SET k = 'xyz' WHERE i=1
;;
UPDATE t5 AS apples SET b=1 FROM t5 AS apples
;;
UPDATE t8 SET e = 2
;;
UPDATE tce71 set b = 201 where a = 100
;;
UPDATE test1 SET f1=f1-1 WHERE f1>100 and f2==128
;;
UPDATE v1 SET a=map.v FROM map WHERE v1.k=map.k
;;
UPDATE x1 SET b=y FROM data1 WHERE a=x ORDER BY a LIMIT 3
;;
UPDATE zeus SET b = '1'
;;
VACUUM main INTO ':memory:'
;;
WITH
    t1(x) AS (SELECT 111),
    t2(y) AS (SELECT 222),
    t3(z) AS (SELECT * FROM t2 WHERE false UNION ALL SELECT * FROM t2)
  SELECT * FROM t1, t3
;;
WITH RECURSIVE
    ancest(id, mtime) AS
      (VALUES(0, 0)
       UNION ALL
       SELECT edge.xto, edge.seq FROM edge, ancest
        WHERE edge.xfrom=ancest.id
        ORDER BY 2
      )
  SELECT * FROM ancest
;;
WITH RECURSIVE c(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM c WHERE i<30)
      INSERT INTO t1(a,b,c,d) SELECT i,1000+i,2000+i,3000+i FROM c
;;
WITH RECURSIVE c(x) AS (VALUES(1) UNION ALL SELECT x+1 FROM c WHERE x<10)
    INSERT INTO t1(a,b,c) SELECT x, randomblob(100),randomblob(100) FROM c
;;
WITH RECURSIVE c(x) AS (VALUES(1) UNION ALL SELECT x+1 FROM c WHERE x<20)
  INSERT INTO t1(a,b) SELECT x, 100000000000000005.0
    FROM c WHERE x NOT IN (3,5,7,11,13,17,19)
;;
WITH RECURSIVE closure(x) AS (
     VALUES(1)
     UNION
     SELECT aa FROM link, closure WHERE link.bb=closure.x
     UNION
     SELECT bb FROM closure, link WHERE link.aa=closure.x
  )
  SELECT x FROM closure ORDER BY x
;;
WITH c(n, d) AS (
      SELECT 1, 'aaaaaaaaaaabbbbbbbbbbaaaaaaaaaabbbbbbbbbb'
    )
    SELECT name, data FROM zipfile(
      (SELECT zipfile(n, d) FROM c)
    )
;;
WITH cnt(i) AS ( SELECT 1 UNION ALL SELECT i+1 FROM cnt LIMIT 1000)
      INSERT INTO y1 SELECT i%10, i FROM cnt
;;
WITH dset AS ( SELECT 2 UNION ALL SELECT 4 )
  DELETE FROM t1 WHERE x IN dset
;;
WITH ii(i) AS ( VALUES(1) UNION ALL SELECT i+1 FROM ii WHERE i<1000 )
  INSERT INTO t1 SELECT i, i FROM ii
;;
WITH s(a, b) AS (
       SELECT 2, 'abcdefghij'
       UNION ALL
       SELECT a+2, b FROM s WHERe a < 40
     )
     INSERT INTO t1 SELECT * FROM s
;;
WITH s(i) AS (
    VALUES(1) UNION ALL SELECT i+1 FROM s WHERE i<200
  ) 
  INSERT INTO t5 SELECT i%2, CASE WHEN (i%10)==0 THEN NULL ELSE i END, i FROM s
;;
WITH t(id) AS (
    VALUES(2)
    UNION ALL
    SELECT i FROM tree, t WHERE p = id
  ) 
  SELECT id FROM t
;;
WITH t99(b) AS (
    SELECT b FROM t2 AS x LEFT JOIN t1 ON c IN (SELECT x FROM t3)
  )
  SELECT d, e, b FROM t2 JOIN t99 ON b IS NULL
;;
WITH x AS (
    WITH y(b) AS (SELECT 10)
    SELECT * FROM y UNION ALL SELECT * FROM y
  )
  SELECT * FROM x
;;
WITH x(i) AS ( SELECT 1 UNION ALL SELECT i+1 FROM x WHERE i<100000 )
  INSERT INTO t1 SELECT randomblob(100), randomblob(100) FROM X
;;
alter table t1 add column d default (-5+1)
;;
create table mytext(name BLOB)
;;
create table t_distinct_bug (a, b, c)
;;
create trigger r1 after delete on t1 for each row begin
      delete from t1 WHERE a=old.a+2;
    end
;;
create view test as
      select test1.id as id,a as a,b as b
      from test1 join test2 on test2.id =  test1.id
;;
explain query plan
  SELECT typeID, key, value FROM Records 
  WHERE typeID = 2 
  ORDER BY key, value
;;
insert into b values ('01',2)
;;
insert into t1 values (4)
;;
insert into t2 values (11)
;;
insert into t3 values(3,NULL)
;;
insert into tbl values(102,1002)
;;
pragma auto_vacuum
;;
pragma collation_list
;;
pragma locking_mode = normal
;;
select * FROM a, c, b WHERE a.id=2 AND b.a_id = a.id AND b.id=c.b_id
;;
select * from t1 left outer join t2 on t1.a=t2.x where t2.z='ok'
;;
select SUBSTRATE_HPRD_ID, count(substrate_refseq_id) as c
      from modificationsTmp where c > 1 group by SUBSTRATE_HPRD_ID
;;
select c from t2 union all select f from t3 limit 1 offset 1
;;
select count(*), count(b), count(c), sum(b), sum(c), 
           avg(b), avg(c), min(b), max(b) from t1
;;
select rin from rid where k=1
;;
select x*10 from T1 order by x*5
;;
with
    cte1(x, y) AS ( select 1, 2, 3 ),
    cte2(z) as ( select 1 from cte1 )
  select * from cte2, cte1
