import { nearest, plainName } from './names';

/** ISO 3166-1: the alpha-3 code of each country, and after it the alpha-2 code. */
const CODES =
	'ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG AUSAU AUTAT AZEAZ BDIBI BELBE BENBJ ' +
	'BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL BLRBY BLZBZ BMUBM BOLBO BRABR BRBBB BRNBN BTNBT BVTBV BWABW CAFCF CANCA ' +
	'CCKCC CHECH CHLCL CHNCN CIVCI CMRCM CODCD COGCG COKCK COLCO COMKM CPVCV CRICR CUBCU CUWCW CXRCX CYMKY CYPCY CZECZ DEUDE ' +
	'DJIDJ DMADM DNKDK DOMDO DZADZ ECUEC EGYEG ERIER ESHEH ESPES ESTEE ETHET FINFI FJIFJ FLKFK FRAFR FROFO FSMFM GABGA GBRGB ' +
	'GEOGE GGYGG GHAGH GIBGI GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR GRDGD GRLGL GTMGT GUFGF GUMGU GUYGY HKGHK HMDHM HNDHN HRVHR ' +
	'HTIHT HUNHU IDNID IMNIM INDIN IOTIO IRLIE IRNIR IRQIQ ISLIS ISRIL ITAIT JAMJM JEYJE JORJO JPNJP KAZKZ KENKE KGZKG KHMKH ' +
	'KIRKI KNAKN KORKR KWTKW LAOLA LBNLB LBRLR LBYLY LCALC LIELI LKALK LSOLS LTULT LUXLU LVALV MACMO MAFMF MARMA MCOMC MDAMD ' +
	'MDGMG MDVMV MEXMX MHLMH MKDMK MLIML MLTMT MMRMM MNEME MNGMN MNPMP MOZMZ MRTMR MSRMS MTQMQ MUSMU MWIMW MYSMY MYTYT NAMNA ' +
	'NCLNC NERNE NFKNF NGANG NICNI NIUNU NLDNL NORNO NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PCNPN PERPE PHLPH PLWPW PNGPG POLPL ' +
	'PRIPR PRKKP PRTPT PRYPY PSEPS PYFPF QATQA REURE ROURO RUSRU RWARW SAUSA SDNSD SENSN SGPSG SGSGS SHNSH SJMSJ SLBSB SLESL ' +
	'SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS STPST SURSR SVKSK SVNSI SWESE SWZSZ SXMSX SYCSC SYRSY TCATC TCDTD TGOTG THATH TJKTJ ' +
	'TKLTK TKMTM TLSTL TONTO TTOTT TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA UMIUM URYUY USAUS UZBUZ VATVA VCTVC VENVE VGBVG ' +
	'VIRVI VNMVN VUTVU WLFWF WSMWS YEMYE ZAFZA ZMBZM ZWEZW';

/** What people write besides the names that ICU has, by alpha-3 code. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
	ARE: ['UAE', 'Emirates'],
	CIV: ['Ivory Coast'],
	COD: ['DR Congo', 'Democratic Republic of the Congo'],
	COG: ['Congo', 'Republic of the Congo'],
	CPV: ['Cabo Verde'],
	CZE: ['Czech Republic'],
	GBR: ['UK', 'Great Britain', 'England', 'Scotland', 'Wales', 'Northern Ireland', 'United Kingdom of Great Britain and Northern Ireland'],
	HKG: ['Hong Kong'],
	IRL: ['Republic of Ireland'],
	KOR: ['Korea', 'Republic of Korea'],
	MAC: ['Macau', 'Macao'],
	MKD: ['Macedonia'],
	MMR: ['Burma'],
	NLD: ['Holland', 'The Netherlands'],
	PSE: ['Palestine'],
	RUS: ['Russian Federation'],
	SWZ: ['Swaziland'],
	TUR: ['Turkey'],
	TWN: ['Taiwan, Province of China'],
	USA: ['U.S.', 'U.S.A.', 'America', 'United States of America'],
	VAT: ['Vatican', 'Holy See'],
	VNM: ['Viet Nam'],
};

/** A country, by its codes and its name in English. */
export interface Country {
	readonly alpha3: string;
	readonly alpha2: string;
	readonly name: string;
}

/** Names of countries are understood in these languages; ICU, which Node has built in, knows them. */
const LANGUAGES = ['en', 'de', 'es', 'fr', 'it', 'nl', 'pt'];

/** Made when the first country is looked up: Intl takes a moment for it. */
let known: { countries: readonly Country[]; byName: ReadonlyMap<string, Country> } | undefined;

function knownCountries(): NonNullable<typeof known> {
	if (known !== undefined) return known;
	const names = LANGUAGES.map((language) => new Intl.DisplayNames([language], { type: 'region', fallback: 'none' }));
	const countries = CODES.split(' ').map((pair): Country => {
		const [alpha3, alpha2] = [pair.slice(0, 3), pair.slice(3)];
		return { alpha3, alpha2, name: names[0]?.of(alpha2) ?? alpha3 };
	});
	const byName = new Map<string, Country>();
	for (const country of countries) {
		const written = [country.alpha3, country.alpha2, ...(ALSO[country.alpha3] ?? []), ...names.map((one) => one.of(country.alpha2))];
		for (const name of written) if (name !== undefined && !byName.has(plainName(name))) byName.set(plainName(name), country);
	}
	known = { countries, byName };
	return known;
}

/** The country of a code (`US`, `USA`) or a name (`United States`, `Deutschland`). */
export const countryOf = (written: string): Country | undefined => knownCountries().byName.get(plainName(written));

/** Countries that may be meant by what is none, as `Austria (AUT)`; the nearest first. */
export const countriesNear = (written: string): string[] =>
	nearest(
		written,
		knownCountries().countries.map(({ name }) => name),
	).map((name) => `${name} (${countryOf(name)?.alpha3 ?? ''})`);
