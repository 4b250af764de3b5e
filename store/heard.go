package store

import "strings"

// Characters that are read in more than one way, with how a name has them read. The order of CLDR, by which names sort, knows one reading of each: 沈 stands under
// chén there, and 长 under zhǎng. So a character that is read otherwise sorts as one does that CLDR has under that reading, a rare one
// that ends it where there is one. The same tables stand in migration 0043. Readings: 现代汉语词典 and the surnames of pinyin-pro 3.29; which of
// them is meant, the words say:
//
//	heardAhead   /重庆崇  the first character of two neighbours
//	heardBehind  /银行垳  the second of two
//	heardFamily  /曾譄    the first of a name of two or three characters, which is somebody's
//	heardUsual   /沈讅    any other
//
// A word whose character stays what it is keeps the reading of CLDR: /解放解 is nobody's name. heardTwice are all of these characters.
const (
	heardAhead = "/重庆崇/重阳崇/重建崇/重启崇/重组崇/重新崇/重复崇/重叠崇/重审崇/重修崇/重置崇/重振崇/行业垳/行情垳/行长垳" +
		"/行规垳/厦门梺/长辈长/长大长/长者长/长子长/长孙长/长势长/长老长/乐清鸙/乐团鸙/乐器鸙/乐队鸙/乐府鸙/乐正鸙" +
		"/会计鱠/会稽鱠/调整鰷/调解鰷/调节鰷/调试鰷/调味鰷/调料鰷/调停鰷/藏族葬/六安鷺/六合鷺/台州胎/丽水璃/涡阳彍" +
		"/枞阳宗/蚌埠蹦/番禺攀/浚县迅/铅山阎/蔚县裕/泌阳毖/任丘鵀/任县鵀/任城鵀/任务任/任意任/任命任/任职任/任何任" +
		"/单县鱔/单于鑱/单位单/单元单/单体单/单项单/单个单/单独单/单层单/单据单/单行单/单轨单/尉迟裕/尉犁裕/万俟漠" +
		"/澹台罈/解州夑/解放解/解决解/解读解/解除解/解析解/解说解/解困解/解答解/解码解/查处查/查验查/查看查/查封查" +
		"/查询查/查找查/查勘查/查账查/查违查/查摆查/盖章盖/盖板盖/盖房盖/盖楼盖/盖子盖/盖州盖/区域区/区块区/区间区" +
		"/区划区/区级区/区内区/区外区/区属区/区长区/区管区/曾经曾/要素要/要求要/要点要/要件要/要闻要/要道要/相山鱌" +
		"/相关相/相城相/相互相/相邻相/相对相/相应相/员工员/折扣折/折旧折/折叠折/折弯折/燕子燕/燕窝燕/肖像肖/召开召" +
		"/召集召/召回召/句容句/句子句/繁昌繁/繁花繁/繁荣繁/种子种/种植种/种业种/种苗种/种养种/种粮种/秘书秘/秘密秘" +
		"/朴素朴/华山繣/华县繣/华阴繣/仇恨仇"
	heardBehind = "/银行垳/商行垳/农行垳/工行垳/建行垳/中行垳/分行垳/支行垳/总行垳/同行垳/外行垳/内行垳/车行垳/粮行垳/药行垳" +
		"/局长长/科长长/部长长/校长长/县长长/市长长/镇长长/村长长/所长长/院长长/处长长/会长长/事长长/组长长/班长长" +
		"/站长长/厂长长/队长长/首长长/家长长/行长长/团长长/店长长/书长长/州长长/船长长/机长长/生长长/成长长/增长长" +
		"/助长长/园长长/区长长/乡长长/社长长/师长长/学长长/省长长/庭长长/司长长/音乐鸙/空调鰷/协调鰷/人参燊/海参燊" +
		"/党参燊/西藏葬/洪洞瞳/黄陂鼙/诸葛舸/长葛舸"
	heardFamily = "/曾譄/查齄/仇鰽/单鱔/解夑/盖舸/区櫙/朴瓢/任鵀/繁婆/召袑/折佘/相鱌/肖虈/燕黫/要邀/於瘀/员蘊/句韝/祭寨" +
		"/秘毖/种崇/乜臬/佴錼"
	heardUsual = "/沈讅/长鱨/都督/华驊/场敞/岗港/兴鯹/号灝/绩驥/迹驥/岭嶺/共貢/卓鷟/与宇/好郝/土釷/识鰣/控鞚/薄鑮/翟宅" +
		"/覃螓/阚瞰/卜捕/缪廟"
	heardTwice = "重行厦长乐会调藏六台丽涡枞蚌番浚铅蔚泌任单尉万澹解查盖区曾要相员折燕肖召句繁种秘朴华仇参洞陂葛於祭乜佴沈都场岗兴号绩迹岭" +
		"共卓与好土识控薄翟覃阚卜缪"
)

// lastHan is the last of the common ideographs, which begin with U+4E00.
const lastHan = 0x9FFF

// heard returns a name with the characters by which it sorts: as it is spoken, in the order of CLDR. The SQL function of the same name does the same.
func heard(name string) string {
	if !strings.ContainsAny(name, heardTwice) {
		return name
	}
	signs := []rune(name)
	said := make([]rune, len(signs))
	somebody := (len(signs) == 2 || len(signs) == 3) && !strings.ContainsFunc(name, func(r rune) bool { return r < 0x4E00 || r > lastHan })
	for i, sign := range signs {
		said[i] = sign
		if !strings.ContainsRune(heardTwice, sign) {
			continue
		}
		var by rune
		if i+1 < len(signs) {
			by = signAfter(heardAhead, "/"+string(signs[i:i+2]))
		}
		if by == 0 && i > 0 {
			by = signAfter(heardBehind, "/"+string(signs[i-1:i+1]))
		}
		if by == 0 && i == 0 && somebody {
			by = signAfter(heardFamily, "/"+string(sign))
		}
		if by == 0 {
			by = signAfter(heardUsual, "/"+string(sign))
		}
		if by != 0 {
			said[i] = by
		}
	}
	return string(said)
}

// signAfter is the sign behind a word in a table; 0 where the word is not in it.
func signAfter(table, word string) rune {
	if _, behind, found := strings.Cut(table, word); found {
		for _, sign := range behind {
			return sign
		}
	}
	return 0
}
