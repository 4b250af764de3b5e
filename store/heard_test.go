package store_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/mozillazg/go-pinyin"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/store"
)

// toned are the readings of a character, with their tones.
func toned(sign rune) []string {
	return pinyin.SinglePinyin(sign, pinyin.Args{Style: pinyin.Tone, Heteronym: true})
}

// TestStandInsSoundAlike: a character that sorts as another one has the reading of that one, its usual one, and is one of those that are looked up at all.
func TestStandInsSoundAlike(t *testing.T) {
	t.Parallel()
	tables := map[string]string{}
	for _, table := range store.HeardTables() {
		tables[table.Name] = table.Signs
	}
	for name, of := range map[string]int{"ahead": 0, "behind": 1, "family": 0, "usual": 0} {
		seen := map[string]bool{}
		for _, entry := range strings.Split(tables[name], "/")[1:] {
			signs := []rune(entry)
			sign, by := signs[of], signs[len(signs)-1]
			require.Len(t, signs, map[string]int{"ahead": 3, "behind": 3, "family": 2, "usual": 2}[name], entry)
			word := string(signs[:len(signs)-1])
			assert.False(t, seen[word], "%s stands twice in %s", word, name)
			seen[word] = true
			assert.Contains(t, tables["twice"], string(sign), entry)
			if by != sign {
				assert.Contains(t, toned(sign), toned(by)[0], entry)
			}
		}
	}
}

// TestNamesSortAsTheyAreSpoken: surnames, places and firms with characters that are read in more than one way, in the lists that the program sorts and in
// those that the database sorts; and both are one order.
func TestNamesSortAsTheyAreSpoken(t *testing.T) {
	t.Parallel()
	b := setup(t)
	wanted := []string{"安徽蓝天", "蚌埠玻璃", "曹操", "长江", "长沙", "陈一", "成都", "重庆", "单于", "崔七", "都市", "盖聂", "郭靖", "涡阳", "行业", "华泰", "六安", "刘二", "区家豪", "欧阳", "朴正", "仇英", "任达华", "单雄信", "邵九", "申公豹",
		"沈括", "盛十", "万俟卨", "行政", "解缙", "徐三", "尉迟恭", "曾国藩", "查良镛", "张飞", "重大", "局长"}
	slices.SortFunc(wanted, func(a, b string) int { return bytes.Compare(store.Spoken(a), store.Spoken(b)) })
	before := func(names ...string) {
		t.Helper()
		for i := range len(names) - 1 {
			assert.Less(t, slices.Index(wanted, names[i]), slices.Index(wanted, names[i+1]), "%s before %s", names[i], names[i+1])
		}
	}
	before("曹操", "长江", "长沙", "陈一", "成都", "重庆", "崔七")          // cáo, cháng, chén, chéng, chóng, cuī
	before("单雄信", "邵九", "申公豹", "沈括", "盛十")                    // shàn, shào, shēn, shěn, shèng
	before("朴正", "仇英", "任达华", "单雄信")                          // piáo, qiú, rén, shàn
	before("盛十", "行政", "徐三", "尉迟恭", "曾国藩", "查良镛", "张飞", "重大") // xíng, xú, yù, zēng, zhā, zhāng, zhòng
	before("郭靖", "行业", "华泰", "六安", "欧阳")                      // guō, háng, huá, lù, ōu
	before("刘二", "六安", "万俟卨", "欧阳", "朴正")                     // liú, lù, mò, ōu, piáo
	before("崔七", "都市", "盖聂", "郭靖", "涡阳", "行业")
	before("安徽蓝天", "蚌埠玻璃", "曹操")
	literals := []string{}
	for _, name := range wanted {
		literals = append(literals, "('"+name+"')")
	}
	slices.Sort(literals)
	require.Equal(t, wanted, b.rows(t, `SELECT n FROM (VALUES `+strings.Join(literals, ",")+`) AS v (n) ORDER BY spoken(n) COLLATE "C"`))
}

// TestWordsKeepTheirReading: what begins as a surname does, and is none.
func TestWordsKeepTheirReading(t *testing.T) {
	t.Parallel()
	for _, word := range []string{"解放", "任务", "查处", "盖章", "区域", "单位", "科长", "增长", "曾经", "要素", "种植"} {
		require.Equal(t, word, store.Heard(word))
	}
	require.NotEqual(t, "沈阳路延伸工程", store.Heard("沈阳路延伸工程"))
	require.Equal(t, "解决历史遗留问题", store.Heard("解决历史遗留问题"), "no name of three")
}

// TestTheDatabaseHearsAsTheProgramDoes: every word of the tables, alone, behind and before others.
func TestTheDatabaseHearsAsTheProgramDoes(t *testing.T) {
	t.Parallel()
	b := setup(t)
	names := []string{}
	for _, table := range store.HeardTables()[1:] {
		for _, entry := range strings.Split(table.Signs, "/")[1:] {
			signs := []rune(entry)
			word := string(signs[:len(signs)-1])
			names = append(names, word, word+"伟", word+"大伟", "李"+word, word+"有限公司", "泗县"+word+word, word+"/"+word, word+"A")
		}
	}
	heard := []string{}
	for _, name := range names {
		heard = append(heard, store.Heard(name))
	}
	require.Equal(t, heard, b.rows(t, `SELECT heard(n) FROM unnest(string_to_array('`+strings.Join(names, ",")+`', ',')) WITH ORDINALITY AS v (n, i) ORDER BY i`))
}

// TestInitialsOfEveryReading: surnames and places are found by the letters of each way to read them.
func TestInitialsOfEveryReading(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for name, ways := range map[string][]string{"沈括": {"sk", "ck"}, "单雄信": {"sxx", "dxx"}, "曾国藩": {"zgf", "cgf"}, "解缙": {"xj", "jj"}, "仇英": {"qy", "cy"}, "查良镛": {"zly", "cly"}, "盖聂": {"gn"},
		"区家豪": {"ojh", "qjh"}, "朴正": {"pz"}, "任达华": {"rdh"}, "尉迟恭": {"ycg", "wcg"}, "重庆": {"cq", "zq"}, "长江": {"cj", "zj"}, "万俟卨": {"mqx"}, "澹台灭明": {"ttmm"}, "涡阳": {"gy"}, "枞阳": {"zy"}, "歙县": {"sx"},
		"蔚县": {"yx"}, "黄陂": {"hp"}, "东莞": {"dg"}, "番禺": {"py"}, "银行": {"yh"}, "厦门": {"xm"}} {
		found := strings.Fields(b.rows(t, `SELECT initials('`+name+`')`)[0])
		for _, way := range ways {
			assert.Contains(t, found, way, name)
		}
	}
}
